// The steps for an overdose print on one sheet, on the paper of either continent and in every language.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { start } from './chromium.mjs'
import { address, languages, site } from './pages.mjs'

const papers = ['Letter', 'A4']

let browser
before(async () => { browser = await start() })
after(() => browser.close())

// sheets counts the pages of a PDF, which Chromium lists in plain text.
function sheets(pdf) {
  return pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length ?? 0
}

for (const language of languages) {
  test(`${language} /overdose prints on one sheet of either paper`, async () => {
    const tab = await browser.newPage({ javaScriptEnabled: false })
    await tab.goto(address('/overdose', language))
    for (const format of papers) assert.equal(sheets(await tab.pdf({ format, preferCSSPageSize: false })), 1, format)
    await tab.close()
  })
}

test('every step is on the paper', async () => {
  const tab = await browser.newPage({ javaScriptEnabled: false })
  await tab.goto(address('/overdose'))
  await tab.emulateMedia({ media: 'print' })
  const steps = tab.locator('ol.steps > li')
  assert.equal(await steps.count(), 6)
  for (const step of await steps.all()) assert.ok(await step.isVisible())
  assert.ok(await tab.getByRole('link', { name: '911' }).isVisible())
  await tab.close()
})

test('the count finds a second sheet', async () => {
  const tab = await browser.newPage()
  await tab.route('**/*', (route) => route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>t</title><p style="break-after:page">1</p><p>2</p>' }))
  await tab.goto(site)
  assert.equal(sheets(await tab.pdf({ format: 'A4' })), 2)
  await tab.close()
})
