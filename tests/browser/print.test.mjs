// Every sheet becomes a PDF that can be handed out as it is: whole entries, numbered pages, codes that
// scan, black on white; in both papers, in one language and in two, from left to right and from right to left.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { start } from './chromium.mjs'
import { site } from './pages.mjs'
import { check, fixed, formats, papers, pathOf, read } from './sheets.mjs'
import { rightToLeft, tags } from './words.mjs'

const county = '/us/il/cook-county' // has the most places of the data that ship
const state = '/us/il'

// Every format in these; in the other languages, of which no one is laid out in another way, the list alone.
const inAll = ['en', 'es', 'es,en', ...rightToLeft.flatMap((tag) => [tag, `${tag},en`])]
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

// What is of a fixed size has to hold the longest language too.
const pairs = tags.flatMap((tag) => (tag === 'en' ? [tag] : [tag, `${tag},en`]))
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
