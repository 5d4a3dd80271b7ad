// Firefox and WebKit print the sheets too: each place once and whole, each page beginning and ending with a
// whole place, no heading alone. They number no pages, and write no tags: that is Chromium's.
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { promisify } from 'node:util'
import { start } from '../browser/chromium.mjs'
import { about, codes, inOrder, squeeze } from '../browser/paper.mjs'
import { pathOf, place, read, stranded } from '../browser/sheets.mjs'
import { startFirefox } from './firefox.mjs'

const site = process.env.SITE
const run = promisify(execFile)

const state = '/us/il' // has forty places, some of them not on the map
const millimetres = { letter: [215.9, 279.4, 'na_letter'], a4: [210, 297, 'iso_a4'] }
const margins = { list: [15, 12, 17, 12], large: [15, 12, 17, 12], days: [15, 12, 17, 12], cards: [0, 0, 0, 0] } // as in the style

// In large print a place in two languages may be higher than a page.
const sheets = ['list', 'large', 'days', 'cards'].flatMap((format) => [['letter', 'en'], ['a4', format === 'large' ? 'es' : 'es,en']].map(([paper, lang]) => ({ area: state, format, paper, lang })))

const folder = mkdtempSync(join(tmpdir(), 'carrypoint-engines-'))
let chromium // reads what a sheet has to hold
let firefox
before(async () => { [chromium, firefox] = [await start(), await startFirefox()] })
after(async () => {
  await firefox?.close()
  await chromium?.close()
  rmSync(folder, { recursive: true, force: true })
})

const engines = {
  Firefox: (url, file, { format, paper }) => {
    const [width, height] = millimetres[paper]
    const [top, right, bottom, left] = margins[format].map((mm) => mm / 10)
    return firefox.print(url, file, { width: width / 10, height: height / 10, margin: { top, right, bottom, left } })
  },
  WebKit: (url, file, { format, paper }) => run('xvfb-run', ['-a', '/usr/bin/python3', join(import.meta.dirname, 'webkit.py'), url, file, millimetres[paper][2], ...margins[format].map(String)],
    { env: { ...process.env, WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: process.getuid() === 0 ? '1' : '' } }),
}

for (const [engine, print] of Object.entries(engines)) {
  describe(`printed by ${engine}`, () => {
    for (const sheet of sheets) {
      test(`${sheet.format} on ${sheet.paper} in ${sheet.lang}`, async () => {
        const tab = await chromium.newPage({ javaScriptEnabled: false })
        const page = await read(tab, site + pathOf(sheet), sheet.format)
        await tab.close()
        const file = join(folder, `${engine}-${sheet.format}-${sheet.paper}.pdf`)
        await print(site + pathOf(sheet), file, sheet)
        const pages = await inOrder(file)
        const [width, height] = /([\d.]+) x ([\d.]+)/.exec((await about(file))['Page size']).slice(1).map(Number)
        const wanted = millimetres[sheet.paper].slice(0, 2).map((mm) => mm / 25.4 * 72)
        assert.ok(Math.abs(width - wanted[0]) < 2 && Math.abs(height - wanted[1]) < 2, `a page of ${width} × ${height} points`)
        const placed = place(page.parts, pages)
        if (sheet.format === 'cards') {
          assert.equal(pages.length, 2)
          const { read: found } = await codes(file, 1)
          assert.deepEqual(found, Array(10).fill(`http://${page.short}`))
          return
        }
        assert.deepEqual(stranded(placed), [], 'headings alone')
        assert.deepEqual(pages.map((_, i) => i).filter((i) => !placed.some((part) => part.page === i)), [], 'pages without text of their own')
        const [wantedText, text] = [squeeze(page.parts.map((part) => part.text).join('\n')), squeeze(pages.join('\n'))]
        for (const { text: entry } of page.parts.filter((part) => part.entry)) {
          const heading = squeeze(entry.split('\n')[0])
          assert.equal(text.split(heading).length, wantedText.split(heading).length, `${entry.split('\n')[0]} stands too often, or not often enough`)
        }
      })
    }
  })
}
