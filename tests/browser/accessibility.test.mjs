// Every page holds to WCAG 2.2 AA and to good practice, as far as axe can tell, in small and large
// windows and in light and dark.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import axe from 'axe-core'
import { start } from './chromium.mjs'
import { allPages, open, site } from './pages.mjs'

const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
const widths = [360, 1280]
const schemes = ['light', 'dark']

let browser
before(async () => { browser = await start() })
after(() => browser.close())

// A contrast that axe cannot tell is no violation to it. To us it is, but for two things that axe never
// judges: texts of one letter, the numbers of places; and the names on the map, which have an outline and
// whose contrast the tests of the drawing measure.
const untold = (rule) => rule.id === 'color-contrast'
const oneLetter = (node) => node.any.some((check) => check.data?.messageKey === 'shortTextContent')
const onMap = (node) => node.html.startsWith('<text')

async function violations(tab) {
  await tab.evaluate(axe.source)
  const found = await tab.evaluate((values) => globalThis.axe.run(document, { runOnly: { type: 'tag', values } }), tags)
  assert.ok(found.passes.length > 0, 'axe looked at nothing')
  return [...found.violations, ...found.incomplete.filter(untold)].flatMap((rule) =>
    rule.nodes.filter((node) => !oneLetter(node) && !onMap(node)).map((node) => `${rule.id}: ${node.target.join(' ')}: ${node.failureSummary}`))
}

// inEveryLook gives the violations of the page that is shown, by width and scheme.
async function inEveryLook(tab) {
  const found = []
  for (const width of widths) {
    for (const colorScheme of schemes) {
      await tab.setViewportSize({ width, height: 800 })
      await tab.emulateMedia({ colorScheme })
      found.push(...(await violations(tab)).map((v) => `${width} px, ${colorScheme}: ${v}`))
    }
  }
  return found
}

for (const page of await allPages()) {
  test(`${page.name} has no violation`, async () => {
    const tab = await browser.newPage({ bypassCSP: true }) // axe is a script that the pages' policy forbids
    await open(tab, page)
    assert.deepEqual(await inEveryLook(tab), [])
    await tab.close()
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
  const found = (await inEveryLook(tab)).join('\n')
  assert.match(found, /image-alt/)
  assert.match(found, /html-has-lang/)
  assert.match(found, /dark: color-contrast/)
  assert.doesNotMatch(found, /light: color-contrast/)
  await tab.close()
})
