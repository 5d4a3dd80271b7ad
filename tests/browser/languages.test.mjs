// What is drawn, in the order in which it is drawn: a phone number in an Arabic sentence reads from left to right.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { start } from './chromium.mjs'
import { address, allPages, gallery, open, site } from './pages.mjs'

const rightToLeft = ['ar']

let browser, tab
before(async () => {
  browser = await start()
  tab = await browser.newPage({ javaScriptEnabled: false, viewport: { width: 360, height: 800 } })
})
after(() => browser.close())

// turnedRound names the texts that match a pattern and of which a sign is drawn left of the one before it.
function turnedRound(tab, pattern) {
  return tab.evaluate((pattern) => {
    const leftOf = (node, at) => {
      const range = document.createRange()
      range.setStart(node, at)
      range.setEnd(node, at + 1)
      return range.getBoundingClientRect()
    }
    const wrong = []
    let seen = 0
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    while (walker.nextNode()) {
      const node = walker.currentNode
      if (!node.parentElement.checkVisibility() || node.parentElement.closest('.vh')) continue
      for (const { 0: text, index } of node.data.matchAll(new RegExp(pattern, 'gu'))) {
        seen++
        const boxes = [...text].map((_, i) => leftOf(node, index + i))
        const turned = boxes.some((box, i) => i > 0 && box.width > 0 && box.top === boxes[i - 1].top && box.left < boxes[i - 1].left)
        if (turned) wrong.push(text)
      }
    }
    return { seen, wrong }
  }, pattern.source)
}

const phone = /(\+?1[ -])?(\(?\d{3}\)?[ -])?\d{3}-\d{4}/
const clock = /\d{1,2}:\d\d/
const latin = /[A-Za-z][A-Za-z0-9 ,.'&/-]*[A-Za-z0-9]/ // the name of a place, an address

for (const page of (await allPages()).filter(({ language }) => rightToLeft.includes(language))) {
  test(`${page.name} draws numbers and names from left to right`, async () => {
    await open(tab, page)
    assert.equal(await tab.locator('html').getAttribute('dir'), 'rtl')
    await tab.evaluate(() => document.querySelectorAll('details').forEach((d) => { d.open = true }))
    for (const pattern of [phone, clock, latin]) {
      const { wrong } = await turnedRound(tab, pattern)
      assert.deepEqual(wrong, [])
    }
  })
}

test('there are phone numbers in Arabic pages to look at', async () => {
  await tab.goto(address('/near/45402', 'ar', gallery))
  assert.ok((await turnedRound(tab, phone)).seen > 0)
})

test('the map is the same in every direction', async () => {
  const pins = async (language) => {
    await tab.goto(address('/near/94103', language))
    const left = await tab.locator('figure svg').evaluate((svg) => svg.getBoundingClientRect().left)
    return tab.locator('figure svg a').evaluateAll((all, left) => all.map((a) => Math.round(a.getBoundingClientRect().left - left)), left)
  }
  const english = await pins('en')
  assert.ok(english.length > 3)
  for (const language of rightToLeft) assert.deepEqual(await pins(language), english)
})

test('the check finds a phone number that is turned round', async () => {
  const tab = await browser.newPage()
  await tab.route('**/*', (route) => route.fulfill({
    contentType: 'text/html; charset=utf-8',
    body: '<!doctype html><html dir=rtl><title>t</title><body><p>هاتف 555-0163</p><p>هاتف <bdi dir=ltr>555-0164</bdi></p>',
  }))
  await tab.goto(site)
  assert.deepEqual(await turnedRound(tab, phone), { seen: 2, wrong: ['555-0163'] })
  await tab.close()
})
