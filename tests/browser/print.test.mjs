// Every sheet becomes a PDF that can be handed out as it is: whole entries, numbered pages, codes that
// scan, black on white; in both papers, in one language and in two, from left to right and from right to left.
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { start } from './chromium.mjs'
import { site } from './pages.mjs'
import { check, fixed, formats, papers, pathOf, place, read, stranded } from './sheets.mjs'
import { rightToLeft, tags } from './words.mjs'

const county = '/us/il/cook-county' // has the most places of the data that ship
const state = '/us/il'

// Every format in these; in the other languages, of which no one is laid out in another way, the list alone.
const inAll = ['en', 'es,en', ...rightToLeft.flatMap((tag) => [tag, `${tag},en`])]
const listOnly = tags.filter((tag) => !inAll.includes(tag))

const folder = mkdtempSync(join(tmpdir(), 'carrypoint-print-'))
let browser
before(async () => { browser = await start() })
after(async () => {
  await browser.close()
  rmSync(folder, { recursive: true, force: true })
})

const sheets = [
  ...formats.flatMap((format) => Object.keys(papers).flatMap((paper) => inAll.map((lang) => ({ area: county, format, paper, lang })))),
  ...listOnly.map((lang) => ({ area: county, format: 'list', paper: 'letter', lang })),
  { area: state, format: 'list', paper: 'letter', lang: 'en' },
  { area: state, format: 'days', paper: 'a4', lang: 'es,en' },
]

describe('sheets', { concurrency: 2 }, () => {
  for (const sheet of sheets) {
    test(`${sheet.format} of ${sheet.area} on ${sheet.paper} in ${sheet.lang}`, async () => {
      const { page } = await check(browser, site, sheet, folder)
      assert.ok(page.parts.length > 0, 'the sheet is empty')
    })
  }
})

// What is of a fixed size has to hold every language, and the longest ones beside English.
const pairs = [...tags, ...['ru', 'pa', 'tl'].map((tag) => `${tag},en`)]
describe('what has a fixed size fits', { concurrency: 2 }, () => {
  for (const lang of pairs.filter((lang) => !inAll.includes(lang))) {
    test(`in ${lang}`, async () => {
      const tab = await browser.newPage({ javaScriptEnabled: false })
      for (const format of fixed) {
        for (const paper of Object.keys(papers)) {
          const { overflow } = await read(tab, site + pathOf({ area: county, format, paper, lang }), format)
          assert.deepEqual(overflow, [], `${format} on ${paper}`)
        }
      }
      await tab.close()
    })
  }
})

describe('what is asked for', () => {
  for (const [path, status] of [
    ['/print/us/il/no-such-county', 404],
    ['/print/xx', 404],
    [`/print${county}/no-such-format`, 404],
    [`/print${county}/list.doc`, 404],
    ['/print/picked', 400],
    ['/print/picked/cards.pdf', 400],
    [`/print${county}?format=nothing`, 400],
    [`/print${county}/list?site=us-il-example`, 400],
    ...['paper=a5', 'lang=xx', 'lang=en,es,xx', 'radius=-1', 'radius=1000mi', 'radius=x', 'day=9', 'day=x', 'title=rude', 'older=2', 'need=gold', 'kind=x', '%zz']
      .flatMap((query) => [[`/print${county}/list?${query}`, 400], [`/print${county}/list.pdf?${query}`, 400]]),
    ['/print/picked/list?site=no-such-site', 200],
  ]) {
    test(`${path} is answered with ${status}`, async () => {
      assert.equal((await fetch(site + path)).status, status)
    })
  }

  test('a sheet is one request, which allows its own style and nothing else', async () => {
    const tab = await browser.newPage()
    const asked = []
    const complaints = []
    tab.on('request', (request) => { if (!request.url().startsWith('data:')) asked.push(request.url()) })
    tab.on('console', (message) => complaints.push(message.text()))
    for (const format of formats) {
      const url = site + pathOf({ area: county, format, paper: 'letter', lang: 'es,en' })
      asked.length = 0
      const answer = await tab.goto(url)
      await tab.waitForLoadState('networkidle')
      assert.deepEqual(asked, [url])
      const [, style] = /<style>(.*?)<\/style>/s.exec(await answer.text())
      const hash = createHash('sha256').update(style).digest('base64')
      assert.match(answer.headers()['content-security-policy'], /^default-src 'none'/)
      assert.ok(answer.headers()['content-security-policy'].includes(`style-src 'sha256-${hash}'`), format)
    }
    assert.deepEqual(complaints, [])
    await tab.close()
  })
})

test('the checks find what is split, what is lost, what is alone and what reaches over', async () => {
  const part = (text, heading = false) => ({ text, heading })
  const pages = ['Town 1 Birch 555-555-0101 Page 1 of 2', '2 Cedar open Page 2 of 2']
  assert.deepEqual(place([part('1 Birch'), part('2 Cedar')], pages).map((p) => p.page), [0, 1])
  assert.throws(() => place([part('1 Birch 555-555-0101 Page 1 of 2 2 Cedar')], pages), /not whole/)
  assert.throws(() => place([part('2 Cedar'), part('1 Birch')], pages), /not whole/)
  assert.throws(() => place([part('3 Dogwood')], pages), /not whole/)
  assert.deepEqual(place([part('أرز 3')], ['nothing', '3 زرأ, open']).map((p) => p.page), [1])
  assert.throws(() => place([part('أرز 3')], ['3 زر, open', 'أ']), /not whole/)
  assert.deepEqual(stranded([{ heading: true, page: 0, text: 'Town' }, { page: 1 }]), ['Town'])
  const tab = await browser.newPage()
  await tab.route('**/*', (route) => route.fulfill({
    contentType: 'text/html',
    body: '<!doctype html><title>t</title><div class="card" style="width:50px;height:20px;overflow:hidden"><p class="em">many words that need more room than there is</p></div>',
  }))
  assert.notDeepEqual((await read(tab, site, 'cards')).overflow, [])
  await tab.close()
})
