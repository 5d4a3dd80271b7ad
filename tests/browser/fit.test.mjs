// Every page fits a small phone and large letters, and what can be pressed is large enough to press.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { start } from './chromium.mjs'
import { allPages, open, site } from './pages.mjs'
import { tooWide, windowOf, windows } from './windows.mjs'

const smallestTarget = 24 // px, WCAG 2.5.8

let browser, tab, show
before(async () => {
  browser = await start()
  tab = await browser.newPage({ javaScriptEnabled: false })
  show = await windowOf(tab)
})
after(() => browser.close())

// tooSmall names what can be pressed and is smaller than it should be. A link within a sentence is as
// high as its line, a label is part of its box, and what only the keyboard or a screen reader meets is not pressed.
function tooSmall(tab) {
  return tab.evaluate((smallest) => {
    const inSentence = (e) => getComputedStyle(e).display === 'inline' &&
      [...e.parentElement.childNodes].some((n) => n !== e && n.textContent.trim() !== '')
    const target = (e) => (e.matches('input[type=checkbox], input[type=radio]') && e.labels[0]) || e
    return [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, summary')]
      .filter((e) => e.checkVisibility({ visibilityProperty: true }) && !e.matches('.skip') && !inSentence(e))
      .map((e) => ({ e, box: target(e).getBoundingClientRect() }))
      .filter(({ box }) => box.width < smallest || box.height < smallest)
      .map(({ e, box }) => `${box.width.toFixed(1)} × ${box.height.toFixed(1)}: ${e.outerHTML.slice(0, 120)}`)
  }, smallestTarget)
}

for (const page of await allPages()) {
  test(`${page.name} fits, and its targets are large enough`, async () => {
    await open(tab, page)
    await tab.evaluate(() => document.querySelectorAll('details').forEach((d) => { d.open = true }))
    for (const window of windows) {
      await show(window)
      assert.deepEqual(await tooWide(tab), [], window.name)
      assert.deepEqual(await tooSmall(tab), [], window.name)
    }
  })
}

test('the checks find what is too wide and what is too small', async () => {
  const tab = await browser.newPage()
  await tab.route('**/*', (route) => route.fulfill({
    contentType: 'text/html',
    body: '<!doctype html><title>t</title><body><p style="width:20rem">wide with large letters</p><button style="width:20px;height:20px;padding:0">b</button>',
  }))
  const [, largeLetters] = windows
  await (await windowOf(tab))(largeLetters) // before the page is there, as in a flow
  await tab.goto(site)
  assert.notDeepEqual(await tooWide(tab), [])
  assert.match((await tooSmall(tab)).join(), /20\.0 × 20\.0/)
  await tab.close()
})
