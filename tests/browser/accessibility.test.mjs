// Every page holds to WCAG 2.2 AA and to good practice, as far as axe can tell: in every language, and in light and
// dark; one of each kind also in a large window, which changes no colour.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import axe from 'axe-core'
import { start } from './chromium.mjs'
import { everything, open, settled, site } from './pages.mjs'

const wcag = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
const law = { runOnly: { type: 'tag', values: wcag } }
const all = { runOnly: { type: 'tag', values: [...wcag, 'best-practice'] } }
const colours = { runOnly: { type: 'rule', values: ['color-contrast'] } } // all that dark may change
const structure = { ...all, rules: { 'color-contrast': { enabled: false } } } // all that a language may change

// A look is a window and what axe looks for in it.
const small = [{ width: 360, colorScheme: 'light', options: all }, { width: 360, colorScheme: 'dark', options: colours }]
const large = [{ width: 1280, colorScheme: 'light', options: all }]
const translated = [{ width: 360, colorScheme: 'light', options: structure }]
const paper = [{ width: 1280, colorScheme: 'light', options: law }] // as wide as paper; good practice on a screen is none there

// looksOf is how a page is looked at. The colours of a state are the same in every language, those of a kind of page
// might differ where it runs the other way.
function looksOf({ kind, language, sheet }) {
  if (sheet) return paper
  if (kind && ['en', 'ar'].includes(language)) return [...small, ...large]
  return language === 'en' ? small : translated
}

// One tab shows one page after the other: to open a tab takes as long as to look at a page.
let browser, tab
before(async () => {
  browser = await start()
  tab = await browser.newPage({ bypassCSP: true }) // axe is a script that the pages' policy forbids
})
after(() => browser.close())

// A contrast that axe cannot tell is no violation to it. To us it is, but for two things that axe never
// judges: texts of one letter, the numbers of places; and the names on the map, which have an outline and
// whose contrast the tests of the drawing measure.
const untold = (rule) => rule.id === 'color-contrast'
const oneLetter = (node) => node.any.some((check) => check.data?.messageKey === 'shortTextContent')
const onMap = (node) => node.html.startsWith('<text')

async function violations(tab, options) {
  const found = await tab.evaluate((options) => globalThis.axe.run(document, options), { ...options, resultTypes: ['violations', 'incomplete'] })
  assert.ok(found.passes.length + found.violations.length > 0, 'axe looked at nothing')
  return [...found.violations, ...found.incomplete.filter(untold)].flatMap((rule) =>
    rule.nodes.filter((node) => !oneLetter(node) && !onMap(node)).map((node) => `${rule.id}: ${node.target.join(' ')}: ${node.failureSummary}`))
}

// inLooks gives the violations of the page that is shown, by width and scheme.
async function inLooks(tab, looks) {
  await tab.evaluate(axe.source)
  const found = []
  for (const { width, colorScheme, options } of looks) {
    await tab.setViewportSize({ width, height: 800 })
    await tab.emulateMedia({ colorScheme })
    found.push(...(await violations(tab, options)).map((v) => `${width} px, ${colorScheme}: ${v}`))
  }
  return found
}

for (const page of await everything()) {
  test(`${page.name} has no violation`, async () => {
    await open(tab, page)
    await settled(tab)
    assert.deepEqual(await inLooks(tab, looksOf(page)), [])
  })
}

test('the check finds a violation where there is one', async () => {
  const tab = await browser.newPage()
  await tab.route('**/*', (route) => route.fulfill({
    contentType: 'text/html',
    body: `<!doctype html><title>t</title>
      <style>body { color: #000; background: #fff } @media (prefers-color-scheme: dark) { body { color: #555; background: #000 } }</style>
      <main><h1>heading</h1><img src="data:,"></main>`,
  }))
  await tab.goto(site)
  const found = (await inLooks(tab, small)).join('\n')
  assert.match(found, /image-alt/)
  assert.match(found, /html-has-lang/)
  assert.match(found, /dark: color-contrast/)
  assert.doesNotMatch(found, /light: color-contrast/)
  await tab.close()
})
