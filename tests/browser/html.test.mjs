// Every page is valid HTML.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { HtmlValidate, StaticConfigLoader } from 'html-validate'
import { everything, source } from './pages.mjs'

const validator = new HtmlValidate(new StaticConfigLoader({
  root: true,
  extends: ['html-validate:standard', 'html-validate:a11y', 'html-validate:document'],
  rules: {
    'doctype-style': 'off', // a matter of taste
    'require-sri': ['error', { target: 'crossorigin' }], // our own files come with the page
    'form-dup-name': ['error', { shared: ['radio', 'checkbox', 'submit', 'button', 'reset'] }],
  },
}))

// A sheet has headings of the size that paper asks for, and the settings of one have two fields for its two languages.
const wanted = ({ sheet }) => ({ ruleId, message }) => (sheet && ruleId === 'heading-level') || /^Duplicate form control name "lang"/.test(message)

async function faults(html, page = {}) {
  const report = await validator.validateString(html)
  return report.results.flatMap((result) => result.messages).filter((m) => !wanted(page)(m)).map((m) => `${m.line}:${m.column} ${m.ruleId}: ${m.message}`)
}

for (const page of await everything()) {
  test(`${page.name} is valid HTML`, async () => {
    assert.deepEqual(await faults(await source(page), page), [])
  })
}

test('the check finds a fault where there is one', async () => {
  const found = await faults('<!doctype html><html lang="en"><head><title>t</title></head><body><p><div></div><img src="x"></body></html>')
  assert.match(found.join('\n'), /wcag\/h37/)
})
