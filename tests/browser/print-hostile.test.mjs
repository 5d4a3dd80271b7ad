// The worst lists print without damage: none, one, five thousand places; names of three hundred letters in
// several scripts; no phone and twelve; hours of forty rules.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { start } from './chromium.mjs'
import { areas, names, serveHostile } from './hostile.mjs'
import { inOrder } from './paper.mjs'
import { check, fixed, formats, pathOf, save } from './sheets.mjs'

const folder = mkdtempSync(join(tmpdir(), 'carrypoint-hostile-'))
let browser
let server
let site
before(async () => {
  ({ server, site } = await serveHostile(folder))
  browser = await start()
})
after(async () => {
  await browser?.close()
  server?.kill()
  rmSync(folder, { recursive: true, force: true })
})

const pagesWrong = 0.2 // at most, or one page

const places = { none: 0, one: 1, strange: 16, many: 500 }
// Long names are looked at in two languages too; where little stands on a sheet, one says what two would.
const sheets = [
  ...['none', 'one'].flatMap((list) => formats.map((format) => ({ list, format, lang: 'en' }))),
  ...formats.flatMap((format) => ['en', 'es,en'].map((lang) => ({ list: 'strange', format, lang }))),
  ...['list', 'days', 'cards', 'zine'].map((format) => ({ list: 'many', format, lang: 'en' })),
  { list: 'many', format: 'list', lang: 'es,en' },
].map((sheet) => ({ ...sheet, area: areas[sheet.list], paper: 'letter' }))

test('5,000 places as list', async () => {
  const { page } = await check(browser, site, { area: areas.most, format: 'list', paper: 'letter', lang: 'en' }, folder)
  assert.equal(page.entries, 5000)
})

describe('hostile lists', { concurrency: 2 }, () => {
  for (const sheet of sheets) {
    test(`${places[sheet.list]} places as ${sheet.format} in ${sheet.lang}`, async () => {
      const tall = sheet.list === 'strange' && sheet.format === 'large' // names of three hundred letters in 21 points
      const { page } = await check(browser, site, { ...sheet, tall }, folder)
      if (!fixed.includes(sheet.format)) assert.equal(page.entries, places[sheet.list])
    })
  }
})

for (const format of formats.filter((format) => !fixed.includes(format))) {
  for (const list of ['one', 'many']) {
    test(`the settings tell about how many pages ${places[list]} places take as ${format}`, async () => {
      const query = `older=1&paper=letter&format=${format}`
      const [, told] = /([\d,]+) pages?\./.exec(await (await fetch(`${site}/print${areas[list]}?${query}`)).text())
      const pages = Number(told.replace(',', ''))
      const { length } = await inOrder(await save(site, { area: areas[list], format, paper: 'letter', lang: 'en' }, folder))
      assert.ok(Math.abs(pages - length) <= Math.max(1, length * pagesWrong), `${pages} pages are told, ${length} are printed`)
    })
  }
}

test('what is cut ends with dots', async () => {
  const tab = await browser.newPage({ javaScriptEnabled: false })
  for (const format of formats) {
    await tab.goto(site + pathOf({ area: areas.strange, format, paper: 'letter', lang: 'en' }))
    const shown = await tab.locator('.place b, h3 [translate=no], .line p:first-child [translate=no]').allTextContents()
    assert.ok(shown.length > 0, format)
    for (const text of shown) {
      const whole = text.endsWith('…') ? fixed.includes(format) && names.some((name) => name.trim().startsWith(text.slice(0, -1))) : names.some((name) => name.trim() === text) || /^Example Box \d+$/.test(text)
      assert.ok(whole, `${format}: ${text}`)
    }
  }
  await tab.close()
})
