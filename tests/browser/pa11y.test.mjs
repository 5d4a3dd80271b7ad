// A second opinion on the pages that matter most: pa11y with HTML_CodeSniffer, which looks for other faults than axe.
// Every page has a tab of its own: after a fault pa11y leaves a tab as it is.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { after, before, test } from 'node:test'
import pa11y from 'pa11y'
import puppeteer from 'puppeteer'
import { args, chromiumPath } from './chromium.mjs'
import { address, gallery, kinds } from './pages.mjs'

const looked = ['home', 'results', 'site', 'overdose', 'strips', 'lines', 'print']

let browser
before(async () => { browser = await puppeteer.launch({ executablePath: chromiumPath(), args }) })
after(() => browser.close())

async function faults(url) {
  const { issues } = await pa11y(url, { browser, standard: 'WCAG2AA', runners: ['htmlcs'], viewport: { width: 360, height: 800 } })
  return issues.map(({ code, message, context }) => `${code}: ${message}: ${context}`)
}

for (const page of (await kinds('en', 'ar')).filter(({ kind }) => looked.includes(kind))) {
  test(`${page.name} has no fault`, async () => {
    assert.deepEqual(await faults(address(page.path, page.language, gallery)), [])
  })
}

test('the check finds a fault where there is one', async () => {
  const server = createServer((_, answer) => {
    answer.setHeader('Content-Type', 'text/html')
    answer.end('<!doctype html><title>t</title><body><img src="data:,"><p style="color:#ccc;background:#fff">pale</p>')
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const found = (await faults(`http://127.0.0.1:${server.address().port}/`)).join('\n')
  server.close()
  assert.match(found, /H57/) // no language
  assert.match(found, /H37/) // no text for a picture
  assert.match(found, /G18/) // too little contrast
})
