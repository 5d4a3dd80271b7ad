// What a phone keeps, and what it shows without a connection; and how somebody leaves.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { once } from 'node:events'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { start } from './chromium.mjs'
import { address, languages, open, site } from './pages.mjs'
import { serve } from './serve.mjs'
import { say } from './words.mjs'

const list = '/near/94103'
const other = '/us/il/chicago'

let browser
before(async () => { browser = await start() })
after(() => browser.close())

// newPhone has nothing of any site. Nothing here takes long, and a wait that is in vain should not either.
async function newPhone(options) {
  const phone = await browser.newContext(options)
  phone.setDefaultTimeout(patience)
  return { phone, tab: await phone.newPage() }
}
const patience = 10_000 // ms, on a busy machine

// stored gives all that the phone has of a site: the paths by the name of what they are kept in.
const stored = (tab) => tab.evaluate(async () => {
  const kept = {}
  for (const name of await caches.keys()) kept[name.replace(/ \w+$/, '')] = (await (await caches.open(name)).keys()).map((page) => page.url.slice(location.origin.length))
  return { kept, workers: (await navigator.serviceWorker.getRegistrations()).length, local: localStorage.length, session: sessionStorage.length, databases: (await indexedDB.databases()).length }
})
const nothing = { kept: {}, workers: 0, local: 0, session: 0, databases: 0 }

// steps are what is kept of a language once its steps were opened.
const steps = (prefix, script) => [`${prefix}/overdose`, `${prefix}/strips`, `${prefix}/offline`, script]
const scriptOf = (tab) => tab.locator('script[src]').first().getAttribute('src')

// withSteps opens the steps on a new phone, and waits until they are kept.
async function withSteps(path = '/overdose', of = site) {
  const { phone, tab } = await newPhone()
  await tab.goto(of + path)
  await working(tab)
  return { phone, tab }
}

// until waits for what a page has to find out first.
async function until(tab, found, given) {
  for (const end = Date.now() + patience; Date.now() < end; await sleep(50)) if (await tab.evaluate(found, given)) return
  assert.fail(`waited in vain for ${found}`)
}

const working = (tab) => tab.waitForFunction(() => navigator.serviceWorker.controller)
const button = (tab, key) => tab.getByRole('button', { name: say('en', key), exact: true })

// forget empties what a browser keeps for a minute of every site, so that no page comes from there.
const forget = async (tab) => (await tab.context().newCDPSession(tab)).send('Network.clearBrowserCache')

// keep keeps the list of an area as a person does.
async function keep(tab, path) {
  await tab.goto(address(path))
  await button(tab, 'offline.keep').click()
  await button(tab, 'offline.remove').waitFor()
}

test('who only searches leaves nothing in the phone', async () => {
  const { phone, tab } = await newPhone()
  for (const page of ['/', list, '/us/il', '/privacy', '/carry', '/offline']) await tab.goto(address(page))
  await open(tab, { path: '/near', form: { q: '2145 Zanzibar Avenue, Chicago, IL 60612' }, status: 200, name: 'an address' })
  await tab.waitForLoadState('networkidle')
  assert.deepEqual(await stored(tab), nothing)
  assert.equal((await phone.cookies()).length, 0)
  await phone.close()
})

test('the steps, the strips and the page for no connection are kept once the steps were opened, and no page that is opened later', async () => {
  const { phone, tab } = await withSteps()
  const script = await scriptOf(tab)
  await tab.goto(address(list))
  await open(tab, { path: '/near', form: { q: '2145 Zanzibar Avenue, Chicago, IL 60612' }, status: 200, name: 'an address' })
  await tab.goto(address('/site/no-such-site'))
  assert.deepEqual(await stored(tab), { ...nothing, kept: { 'steps /': steps('', script) }, workers: 1 })
  await phone.close()
})

test('without a connection the kept pages open, and any other says that there is none', async () => {
  const { phone, tab } = await withSteps()
  const heading = tab.locator('h1')
  const spoken = await heading.textContent()
  await tab.goto(address('/strips'))
  const strips = await heading.textContent()
  await phone.setOffline(true)
  await tab.goto(address('/'))
  assert.equal(await heading.textContent(), say('en', 'offline.title'))
  await tab.locator('main a[href="/strips"]').click()
  await tab.waitForURL(address('/strips'))
  assert.equal(await heading.textContent(), strips)
  await tab.goto(address(list))
  assert.equal(await heading.textContent(), say('en', 'offline.title'))
  await tab.locator('a.em').click()
  await tab.waitForURL(address('/overdose'))
  assert.equal(await heading.textContent(), spoken)
  assert.ok(await tab.locator('.steps a[href="tel:911"]').isVisible())
  await phone.setOffline(false)
  await tab.goto(address(list))
  assert.ok(await tab.locator('ol.r > li').count() > 0)
  await phone.close()
})

for (const tag of languages.filter((tag) => ['es', 'ar'].includes(tag))) {
  test(`in ${tag} the pages of that language are kept, or the first language's where it lacks steps`, async () => {
    const prefix = `/${tag.toLowerCase()}`
    const { phone, tab } = await withSteps(`${prefix}/overdose`)
    const script = await scriptOf(tab)
    const own = new URL(tab.url()).pathname.startsWith(prefix)
    assert.deepEqual((await stored(tab)).kept, own ? { [`steps ${prefix}/`]: steps(prefix, script) } : { 'steps /': steps('', script) })
    await phone.setOffline(true)
    await tab.goto(address('/about', tag))
    assert.equal(await tab.locator('h1').textContent(), say(own ? tag : 'en', 'offline.title'))
    await phone.close()
  })
}

test('a kept list opens without a connection, says when it was kept and never what is open now', async () => {
  const { phone, tab } = await newPhone()
  await keep(tab, list)
  const names = await tab.locator('ol.r a[href*="/site/"]').allTextContents()
  const { kept } = await stored(tab)
  assert.deepEqual(kept.list, [list])
  await forget(tab)
  await phone.setOffline(true)
  await tab.goto(address(list))
  assert.deepEqual(await tab.locator('ol.r a[href*="/site/"]').allTextContents(), names)
  assert.match(await tab.locator('.note').first().textContent(), /^\s*Kept on \w+ \d+, \d+\./)
  assert.equal(await tab.locator('p.open, p.closed').count(), 0)
  await tab.goto(address(other))
  const link = tab.locator('main [role=status] a')
  await link.click()
  await tab.waitForURL(address(list))
  await button(tab, 'offline.remove').click()
  await until(tab, () => caches.has('list').then((any) => !any))
  await tab.goto(address(list))
  assert.equal(await tab.locator('h1').textContent(), say('en', 'offline.title'))
  assert.equal(await tab.locator('main [role=status] a').count(), 0)
  await phone.close()
})

test('one list is kept at most, and it is named wherever it can be removed', async () => {
  const { phone, tab } = await newPhone()
  await keep(tab, list)
  await tab.goto(address(other))
  const named = tab.locator('main [role=status]')
  await button(tab, 'offline.remove').waitFor()
  assert.ok((await named.textContent()).includes(say('en', 'offline.kept')))
  assert.equal(await named.locator('a').getAttribute('href'), address(list))
  await button(tab, 'offline.keep').click()
  await button(tab, 'offline.keep').waitFor({ state: 'detached' })
  assert.deepEqual((await stored(tab)).kept.list, [other])
  await button(tab, 'offline.remove').click()
  await button(tab, 'offline.keep').waitFor()
  assert.ok(await button(tab, 'offline.keep').evaluate((pressed) => pressed === document.activeElement), 'a keyboard goes on from there')
  assert.equal((await stored(tab)).kept.list, undefined)
  await phone.close()
})

test('a list that could not be had is not kept, and the phone says so', async () => {
  const { phone, tab } = await withSteps()
  await tab.goto(address(list))
  await phone.setOffline(true)
  await button(tab, 'offline.keep').click()
  await tab.getByText(say('en', 'offline.failed')).waitFor()
  assert.equal((await stored(tab)).kept.list, undefined)
  await phone.close()
})

test('the answer to an address or a position offers no keeping, and the worker refuses whatever is no list of an area', async () => {
  const { phone, tab } = await withSteps()
  for (const form of [{ q: '2145 Zanzibar Avenue, Chicago, IL 60612' }, { lat: '47.61', lon: '-122.33' }]) {
    await open(tab, { path: '/near', form, status: 200, name: 'an answer' })
    assert.equal(await button(tab, 'offline.keep').count(), 0)
  }
  const refused = await tab.evaluate((pages) => Promise.all(pages.map(async (page) => {
    const { port1, port2 } = new MessageChannel()
    const answer = new Promise((resolve) => { port1.onmessage = ({ data }) => resolve(data) })
    ;(await navigator.serviceWorker.ready).active.postMessage(page, [port2])
    return answer
  })), ['/near', '/', '/about', '/print/near/94103', '/near/00000', 'https://example.org/near/94103'])
  assert.deepEqual(refused, Array(6).fill(false))
  assert.equal((await stored(tab)).kept.list, undefined)
  await phone.close()
})

test('Back leads to the answer to an address, with a worker as without', async () => {
  const { phone, tab } = await withSteps()
  await open(tab, { path: '/near', form: { q: '2145 Zanzibar Avenue, Chicago, IL 60612' }, status: 200, name: 'an address' })
  const first = tab.locator('ol.r a[href*="/site/"]').first()
  const name = await first.textContent()
  await first.click()
  await tab.waitForURL(/\/site\//)
  const devtools = await phone.newCDPSession(tab)
  await devtools.send('Network.enable')
  const answered = new Promise((resolve) => devtools.on('Network.responseReceived', ({ type, response }) => { if (type === 'Document') resolve(response) }))
  await tab.goBack()
  assert.equal(await first.textContent(), name)
  const { url, fromDiskCache } = await answered
  assert.deepEqual({ url, fromDiskCache }, { url: address('/near'), fromDiskCache: true }, 'what was typed is not sent again')
  await phone.close()
})

// elsewhere answers for every other site, so that nothing leaves this machine.
async function phoneWithElsewhere(javaScriptEnabled) {
  const { phone, tab } = await newPhone({ javaScriptEnabled })
  const asked = []
  await phone.route((url) => url.origin !== site, (route) => {
    asked.push(route.request())
    return route.fulfill({ contentType: 'text/html', body: '<title>Weather</title>Sunny' })
  })
  return { phone, tab, asked }
}

for (const javaScriptEnabled of [true, false]) {
  test(`leaving ${javaScriptEnabled ? 'with' : 'without'} JavaScript leads elsewhere, tells nobody from where, and removes what was stored`, async () => {
    const { phone, tab, asked } = await phoneWithElsewhere(javaScriptEnabled)
    if (javaScriptEnabled) await keep(tab, list)
    await tab.goto(address('/'))
    await tab.goto(address(list))
    assert.deepEqual(asked, [], 'nothing is asked before')
    await tab.locator('header a[href="/leave"]').click()
    await tab.waitForURL('https://www.weather.gov/')
    assert.equal((await asked[0].allHeaders()).referer, undefined)
    await tab.goBack()
    assert.equal(tab.url(), address(javaScriptEnabled ? '/' : list), 'with JavaScript the page itself is out of the way of Back')
    if (javaScriptEnabled) assert.deepEqual(await stored(tab), nothing)
    await phone.close()
  })
}

test('leaving blanks the page before an answer comes', async () => {
  const { phone, tab } = await phoneWithElsewhere(true)
  await tab.goto(address(list))
  await tab.waitForLoadState()
  const left = await tab.evaluate(() => {
    document.querySelector('header a[href="/leave"]').click()
    return { seen: document.body.checkVisibility(), title: document.title }
  })
  assert.deepEqual(left, { seen: false, title: '…' })
  await phone.close()
})

test('it can be installed, under the name of the site', async () => {
  const tab = await browser.newPage()
  await tab.goto(address('/'))
  const devtools = await tab.context().newCDPSession(tab)
  const { data, errors } = await devtools.send('Page.getAppManifest')
  assert.deepEqual(errors, [])
  assert.equal(JSON.parse(data).start_url, '/')
  const { installabilityErrors } = await devtools.send('Page.getInstallabilityErrors')
  assert.deepEqual(installabilityErrors.filter(({ errorId }) => errorId !== 'in-incognito'), [])
  await tab.close()
})

test('a new version replaces the old one, a slow or a broken site shows what is kept, and opting out removes everything', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'carrypoint-'))
  const [renamed, without] = await Promise.all([
    serve(process.env.CARRYPOINT, folder, '--title', 'Another name'), serve(process.env.CARRYPOINT, folder, '--no-offline'),
  ])
  let behind = site
  let trouble = ''
  const front = createServer(async ({ url, headers }, answer) => {
    if (trouble === 'slow') return
    if (trouble === 'broken') return void answer.writeHead(503).end('busy')
    const page = await fetch(behind + url, { redirect: 'manual', headers: { accept: headers.accept, 'user-agent': headers['user-agent'] } })
    const body = Buffer.from(await page.arrayBuffer())
    answer.writeHead(page.status, Object.fromEntries([...page.headers].filter(([name]) => !/^(content-(length|encoding)|connection)$/.test(name)))).end(body)
  }).listen(0, '127.0.0.1')
  await once(front, 'listening')
  const at = `http://127.0.0.1:${front.address().port}`
  const { phone, tab } = await withSteps('/overdose', at)
  const names = () => tab.evaluate(() => caches.keys())
  try {
    const old = await names()
    trouble = 'slow'
    await tab.goto(`${at}/strips`)
    assert.ok(await tab.locator('.steps').count() > 0)
    trouble = 'broken'
    await tab.goto(`${at}/overdose`)
    assert.ok(await tab.locator('.steps').count() > 0)
    trouble = ''
    behind = renamed.site
    await tab.goto(`${at}/overdose`)
    await until(tab, (old) => caches.keys().then((now) => now.length === 1 && now[0] !== old), old[0])
    await forget(tab)
    await phone.setOffline(true)
    await tab.goto(`${at}/strips`)
    assert.match(await tab.title(), /Another name/)
    await phone.setOffline(false)
    behind = without.site
    await tab.goto(`${at}/`)
    await until(tab, async () => (await navigator.serviceWorker.getRegistrations()).length === 0 && (await caches.keys()).length === 0)
    await tab.goto(at + list)
    assert.equal(await button(tab, 'offline.keep').count(), 0)
    await tab.goto(`${at}/overdose`)
    await tab.waitForLoadState('networkidle')
    assert.deepEqual(await stored(tab), nothing)
  } finally {
    await phone.close()
    front.closeAllConnections()
    front.close()
    for (const { server } of [renamed, without]) server.kill()
    rmSync(folder, { recursive: true, force: true })
  }
})
