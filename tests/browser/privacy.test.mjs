// Nobody but the site learns anything, nothing is kept in the browser, and where a person is stays out
// of every address.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { start } from './chromium.mjs'
import { address, allPages, gallery, open, site, source } from './pages.mjs'

// What a page asks for and keeps does not hang on its language: one of each direction is enough.
const pages = (await allPages()).filter(({ language }) => ['en', 'ar'].includes(language))

let browser, all
before(async () => {
  browser = await start()
  all = await visitor()
})
after(() => browser.close())

// visitor is somebody with a fresh phone.
async function visitor() {
  const context = await browser.newContext()
  const tab = await context.newPage()
  return { context, seen: watch(context), asked: requestsOf(tab), tab }
}

// requestsOf notes what a tab asks for.
function requestsOf(tab) {
  const asked = []
  tab.on('request', (request) => { if (!request.url().startsWith('data:')) asked.push(request.url()) })
  return asked
}

// watch notes what should not happen while a context is used.
function watch(context) {
  const seen = []
  context.on('request', (request) => {
    const url = new URL(request.url())
    if (url.protocol !== 'data:' && ![site, gallery].includes(url.origin)) seen.push(`asked ${url}`)
  })
  context.on('console', (message) => {
    if (/content security policy|permissions policy/i.test(message.text())) seen.push(message.text())
  })
  context.on('weberror', (error) => seen.push(`script: ${error.error().message}`))
  return seen
}

// kept gives what the browser has stored for the site.
async function kept(tab) {
  const stored = await tab.evaluate(async () => ({
    local: localStorage.length,
    session: sessionStorage.length,
    databases: (await indexedDB.databases()).length,
    caches: (await caches.keys()).length,
    workers: (await navigator.serviceWorker.getRegistrations()).length,
  }))
  return { cookies: (await tab.context().cookies()).length, ...stored }
}

const nothing = { cookies: 0, local: 0, session: 0, databases: 0, caches: 0, workers: 0 }

// What a phone keeps once the steps were opened is looked at in offline.test.mjs.
const keepsSteps = ({ path }) => ['/overdose', '/strips'].includes(path)

const script = /\/static\/[\w-]+\.\w+\.js$/

// One visitor looks at all of them: what one page keeps, every page after it finds. Pages that a phone keeps are
// for a visitor of their own.
for (const page of pages) {
  test(`${page.name} asks for its script and nothing else, keeps nothing and breaks no rule of its own`, async () => {
    const own = keepsSteps(page) && await visitor()
    const { tab, seen, asked } = own || all
    asked.length = 0
    await open(tab, page)
    if (!own && !page.form) assert.deepEqual(asked.filter((url) => !script.test(url)), [address(page.path, page.language, page.origin)])
    assert.deepEqual(seen.splice(0), [])
    assert.deepEqual({ ...await kept(tab), ...(own && { caches: 0, workers: 0 }) }, nothing)
    if (own) await own.context.close()
  })
}

test('the checks find a third party, a broken rule, a cookie and a store', async () => {
  const context = await browser.newContext()
  const seen = watch(context)
  const tab = await context.newPage()
  await tab.route('**/*', (route) => route.fulfill({
    contentType: 'text/html',
    headers: { 'Set-Cookie': 'a=b', 'Content-Security-Policy': "style-src 'none'" },
    body: '<!doctype html><title>t</title><p style="color:red">x</p><img src="http://elsewhere.test/x"><script>localStorage.a = 1; nowhere()</script>',
  }))
  await tab.goto(site)
  await tab.waitForLoadState('networkidle')
  const all = seen.join('\n')
  assert.match(all, /asked http:\/\/elsewhere/)
  assert.match(all, /content security policy/i)
  assert.match(all, /script: nowhere/)
  assert.deepEqual(await kept(tab), { ...nothing, cookies: 1, local: 1 })
  await context.close()
})

// Where the script asks for what a phone keeps, the page is looked at without it.
for (const page of pages.filter(keepsSteps)) {
  test(`${page.name} is one request`, async () => {
    const tab = await browser.newPage({ javaScriptEnabled: false })
    const asked = requestsOf(tab)
    await open(tab, page)
    assert.deepEqual(asked, [address(page.path, page.language, page.origin)])
    await tab.close()
  })
}

// The parts of what was typed or measured that must stand in no address.
const secrets = /zanzibar|47\.6|122\.3/i

for (const fields of [{ q: '2145 Zanzibar Avenue, Chicago, IL 60612' }, { lat: '47.61', lon: '-122.33' }]) {
  test(`the answer to ${new URLSearchParams(fields)} has no address of its own and is kept for nobody else`, async () => {
    const tab = await browser.newPage()
    const response = await open(tab, { path: '/near', form: fields, status: 200, name: 'the answer' })
    assert.equal(tab.url(), address('/near'))
    assert.equal(response.headers()['cache-control'], 'private, no-cache')
    const links = await tab.locator('[href], [action]').evaluateAll((all) => all.map((e) => e.getAttribute('href') ?? e.getAttribute('action')))
    const own = links.filter((link) => new URL(link, site).origin === site) // a place on the list may link to a map of where it is
    assert.ok(own.length > 0)
    assert.deepEqual(own.filter((link) => secrets.test(link)), [])
    await tab.close()
  })
}

test('the history of a visit holds no typed address and no position', async () => {
  const tab = await browser.newPage()
  for (const q of ['94103', '2145 Zanzibar Avenue, Chicago, IL 60612', 'springfield']) {
    await tab.goto(address('/'))
    await tab.locator('input[name=q]').first().fill(q)
    await tab.locator('input[name=q]').first().press('Enter')
    await tab.waitForURL((url) => url.pathname !== '/')
  }
  await open(tab, { path: '/near', form: { lat: '47.61', lon: '-122.33' }, status: 200, name: 'a position' })
  const devtools = await tab.context().newCDPSession(tab)
  const { entries } = await devtools.send('Page.getNavigationHistory')
  assert.ok(entries.some((entry) => entry.url === address('/near/94103')), 'the page of a ZIP is in the history')
  const telling = entries.map((entry) => `${entry.url} ${entry.title}`).filter((entry) => secrets.test(entry))
  assert.deepEqual(telling, [])
  await tab.close()
})

test('a link to another host does not say where the visitor comes from', async () => {
  const context = await browser.newContext()
  await context.route((url) => ![site, gallery].includes(url.origin), (route) => route.fulfill({ contentType: 'text/html', body: 'elsewhere' }))
  const tab = await context.newPage()
  const followed = []
  for (const page of pages.filter((p) => !p.form && p.language === 'en')) {
    if (!/<a [^>]*href="http/.test(await source(page))) continue // no page has the address of its own site in a link
    await open(tab, page)
    const link = tab.locator('a[href^="http"]').first()
    const [request] = await Promise.all([context.waitForEvent('request', (r) => r.isNavigationRequest()), link.click()])
    followed.push(request.url())
    assert.equal((await request.allHeaders()).referer, undefined, `${page.name} tells ${request.url()}`)
    await tab.waitForURL(request.url())
  }
  assert.ok(followed.length > 10, 'few pages have a link to another host')
  await context.close()
})
