// Whoever has no mouse reaches everything, sees where they are, and is led in the order of the page.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { start } from './chromium.mjs'
import { address, gallery, kinds, open, settled } from './pages.mjs'
import { back, inSight } from './visitor.mjs'
import { windowOf, windows } from './windows.mjs'

const mostStops = 400 // more than any page has that is looked at here
const usual = { name: 'at 360 px', width: 360, height: 800, letters: 1 }

let browser, tab, show
before(async () => {
  browser = await start()
  tab = await browser.newPage()
  show = await windowOf(tab)
})
after(() => browser.close())

const at = (path, language) => address(path, language, gallery)

// focused describes what has the focus.
function focused() {
  return tab.evaluate(() => {
    const e = document.activeElement
    return { tag: e.localName, name: e.name ?? '', value: e.value ?? '', text: (e.labels?.[0] ?? e).textContent.trim(), path: e.href ? new URL(e.href).pathname : '' }
  })
}

// tabTo presses Tab until the focus is on what is wanted, which is in sight then.
async function tabTo(wanted, sentence) {
  for (let i = 0; i < mostStops; i++) {
    await tab.keyboard.press('Tab')
    if (wanted(await focused())) return inSight(tab.locator(':focus'))
  }
  assert.fail(`Tab does not lead to ${sentence}`)
}

async function press(key) {
  await Promise.all([tab.waitForNavigation(), tab.keyboard.press(key)])
}

for (const window of [usual, ...windows]) {
  const flow = (sentence, steps) => test(`${sentence}, ${window.name}`, async () => {
    await show(window)
    await steps()
  })

  flow('from the first page to a list, to a place and back, by keyboard alone', async () => {
    await tab.goto(at('/'))
    await tabTo(({ name }) => name === 'q', 'the field')
    await tab.keyboard.type('45402')
    await press('Enter')
    assert.equal(tab.url(), at('/near/45402'))
    await tabTo(({ path }) => path.startsWith('/site/'), 'a place')
    const { path, text } = await focused()
    await press('Enter')
    assert.equal(tab.url(), at(path))
    assert.equal((await tab.locator('h1').textContent()).trim(), text)
    await back(tab) // the browser's own key
    assert.equal(tab.url(), at('/near/45402'))
  })

  flow('the second stop skips to what the page is about, and shows itself', async () => {
    await tab.goto(at('/near/45402'))
    await tab.keyboard.press('Tab')
    assert.equal((await focused()).path, '/overdose')
    await tab.keyboard.press('Tab')
    const skip = tab.locator('.skip')
    assert.ok((await skip.boundingBox()).height > 24, 'the link to the main part shows itself when it has the focus')
    await tab.keyboard.press('Enter')
    assert.equal(await tab.evaluate(() => document.activeElement.id), 'main')
    await tab.keyboard.press('Tab')
    assert.ok(await tab.evaluate(() => document.querySelector('main').contains(document.activeElement)))
  })

  flow('a filter is ticked and its answer is a list, by keyboard alone', async () => {
    await tab.goto(at('/'))
    await tabTo(({ name }) => name === 'q', 'the field')
    await tab.keyboard.type('45402')
    await tabTo(({ name, value }) => name === 'need' && value === 'fentanyl_test_strips', 'the box of test strips')
    await tab.keyboard.press('Space')
    await tabTo(({ tag }) => tag === 'summary', 'more choices')
    await tab.keyboard.press('Enter')
    await tabTo(({ name }) => name === 'free', 'the box of what is free')
    await tab.keyboard.press('Space')
    await press('Enter')
    assert.match(tab.url(), /\/near\/45402\?(?=.*need=fentanyl_test_strips)(?=.*free=1)/)
  })

  flow('places are ticked on a list and printed, by keyboard alone', async () => {
    await tab.goto(at('/near/45402'))
    const ids = []
    for (let i = 0; i < 2; i++) {
      await tabTo(({ name }) => name === 'site', 'a place to tick')
      ids.push((await focused()).value)
      await tab.keyboard.press('Space')
    }
    await press('Enter')
    assert.equal(tab.url(), at(`/print/picked?${ids.map((id) => `site=${id}`).join('&')}`))
    await tabTo(({ path }) => path.startsWith('/print/picked/'), 'the sheet')
    await press('Enter')
    assert.ok(await tab.locator('article').count() >= ids.length)
  })

  flow('the language is changed by keyboard alone', async () => {
    await tab.goto(at('/near/45402'))
    await tabTo(({ path }) => path === '/languages', 'the languages')
    await press('Enter')
    await tabTo(({ path }) => path === '/ar/near/45402', 'Arabic')
    await press('Enter')
    assert.equal(await tab.locator('html').getAttribute('dir'), 'rtl')
  })
}

// stops presses Tab through a page and tells of each stop what a person sees of it.
async function stops() {
  const all = []
  for (let i = 0; i < mostStops; i++) {
    await tab.keyboard.press('Tab')
    const stop = await tab.evaluate(() => {
      const e = document.activeElement
      if (e === document.body || e.hasAttribute('data-met')) return e.hasAttribute('data-last') ? 'a part of it' : null
      document.querySelector('[data-last]')?.removeAttribute('data-last')
      e.setAttribute('data-met', '')
      e.setAttribute('data-last', '')
      const box = e.getBoundingClientRect()
      const style = getComputedStyle(e)
      const [x, y] = [box.left + box.width / 2, box.top + Math.min(box.height, 20) / 2]
      const over = document.elementFromPoint(x, y)
      return {
        what: e.outerHTML.slice(0, 100), order: [...document.querySelectorAll('*')].indexOf(e),
        ringed: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
        inSight: box.width > 0 && box.top >= -1 && box.top < innerHeight && box.left >= -1 && box.right <= innerWidth + 1,
        free: !!over && (e.contains(over) || over.contains(e) || e.closest('label, svg')?.contains(over)),
      }
    })
    if (!stop) break
    if (stop.what) all.push(stop) // a field for a time has a stop for each of its parts
  }
  return all
}

// missed names what can be pressed and was never reached.
function missed() {
  return tab.evaluate((reachable) => [...document.querySelectorAll(reachable)].filter((e) => e.checkVisibility() && !e.hasAttribute('data-met'))
    .map((e) => e.outerHTML.slice(0, 120)).join('\n'), reachable)
}

// The pins of a map are no stops: the list beside it has the same links.
const reachable = 'a[href]:not([tabindex]), button, input:not([type=hidden]), select, summary'

for (const page of await kinds('en', 'ar')) {
  test(`${page.name}: every stop is reached in order, in sight and with a ring`, async () => {
    await show(usual)
    await open(tab, page)
    await settled(tab)
    const expected = await tab.evaluate((reachable) => [...document.querySelectorAll(reachable)].filter((e) => e.checkVisibility()
      && !(e.type === 'radio' && !e.checked)).length, reachable)
    const all = await stops()
    assert.deepEqual(all.filter(({ ringed, inSight, free }) => !ringed || !inSight || !free), [])
    assert.deepEqual(all.map(({ order }) => order), all.map(({ order }) => order).sort((a, b) => a - b))
    assert.equal(all.length, expected, `not reached: ${await missed()}`)
  })
}
