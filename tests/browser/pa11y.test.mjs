// A second opinion: pa11y with HTML_CodeSniffer, which looks for other faults than axe. It sees every page in every
// state in two languages, and in each of the others the page that most people come for.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { after, before, test } from 'node:test'
import pa11y from 'pa11y'
import puppeteer from 'puppeteer'
import { args, chromiumPath } from './chromium.mjs'
import { everything, inAllStates, open, settled } from './pages.mjs'

const inEveryLanguage = 'results'

// One tab shows one page after the other: to open a tab takes as long as to look at a page.
let browser, tab
before(async () => {
  browser = await puppeteer.launch({ executablePath: chromiumPath(), args })
  tab = await browser.newPage()
})
after(() => browser.close())

// faults are those of the page that is shown. It is opened here and not by pa11y, which would wait half a second
// for each to be quiet, and can't send a form.
async function faults() {
  const { issues } = await pa11y(tab.url(), { browser, page: tab, ignoreUrl: true, standard: 'WCAG2AA', runners: ['htmlcs'], viewport: { width: 360, height: 800 } })
  return issues.map(({ code, message, context }) => `${code}: ${message}: ${context}`)
}

const pages = (await everything()).filter(({ kind, language }) => inAllStates.includes(language) || kind === inEveryLanguage)

for (const page of pages) {
  test(`${page.name} has no fault`, async () => {
    await open(tab, page)
    await settled(tab)
    assert.deepEqual(await faults(), [])
  })
}

test('the check finds a fault where there is one', async () => {
  const server = createServer((_, answer) => {
    answer.setHeader('Content-Type', 'text/html')
    answer.end('<!doctype html><title>t</title><body><img src="data:,"><p style="color:#ccc;background:#fff">pale</p>')
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  await tab.goto(`http://127.0.0.1:${server.address().port}/`)
  const found = (await faults()).join('\n')
  server.close()
  assert.match(found, /H57/) // no language
  assert.match(found, /H37/) // no text for a picture
  assert.match(found, /G18/) // too little contrast
})
