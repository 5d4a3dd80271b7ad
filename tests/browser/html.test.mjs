// Every page is valid HTML.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { HtmlValidate, StaticConfigLoader } from 'html-validate'
import { allPages, source } from './pages.mjs'

const validator = new HtmlValidate(new StaticConfigLoader({
  root: true,
  extends: ['html-validate:standard', 'html-validate:a11y', 'html-validate:document'],
  rules: {
    'doctype-style': 'off', // a matter of taste
    'require-sri': ['error', { target: 'crossorigin' }], // our own files come with the page
    'form-dup-name': ['error', { shared: ['radio', 'checkbox', 'submit', 'button', 'reset'] }],
  },
}))

async function faults(html) {
  const report = await validator.validateString(html)
  return report.results.flatMap((result) => result.messages).map((m) => `${m.line}:${m.column} ${m.ruleId}: ${m.message}`)
}

for (const page of await allPages()) {
  test(`${page.name} is valid HTML`, async () => {
    assert.deepEqual(await faults(await source(page)), [])
  })
}

test('the check finds a fault where there is one', async () => {
  const found = await faults('<!doctype html><html lang="en"><head><title>t</title></head><body><p><div></div><img src="x"></body></html>')
  assert.match(found.join('\n'), /wcag\/h37/)
})
