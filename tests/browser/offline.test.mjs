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

// withSteps opens the steps on a new phone, waits until they are kept, and opens them once more: a page that came before
// the worker goes without it.
async function withSteps(path = '/overdose', of = site) {
  const { phone, tab } = await newPhone()
  await tab.goto(of + path)
  await working(tab)
  await tab.reload()
  assert.ok(await tab.evaluate(() => navigator.serviceWorker.controller), 'the worker is there')
  return { phone, tab }
}

// until waits for what a page has to find out first.
async function until(tab, found, given) {
  for (const end = Date.now() + patience; Date.now() < end; await sleep(50)) if (await tab.evaluate(found, given)) return
  assert.fail(`waited in vain for ${found}`)
}

// working waits until a worker has kept what it keeps.
const working = (tab) => until(tab, () => navigator.serviceWorker.getRegistrations().then(([worker]) => worker?.active?.state === 'activated'))

const button = (tab, key, tag = 'en') => tab.getByRole('button', { name: say(tag, key), exact: true })

// forget empties what a browser keeps for a minute of every site, so that no page comes from there.
const forget = async (tab) => (await tab.context().newCDPSession(tab)).send('Network.clearBrowserCache')

// keep keeps the list of an area as a person does.
async function keep(tab, path, of = site) {
  await tab.goto(of + path)
  await button(tab, 'offline.keep').click()
  await button(tab, 'offline.remove').waitFor()
}

// listening starts a server of this machine, and gives its address and how to end it.
async function listening(answers) {
  const server = createServer(answers).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return { at: `http://127.0.0.1:${server.address().port}`, end: () => { server.closeAllConnections(); server.close() } }
}

// front gives a site to change under a phone: behind says which site answers, told changes what it says.
const front = (behind, told = (text) => text) => listening(async ({ url, headers }, answer) => {
  const of = behind(answer, url)
  if (!of) return
  const page = await fetch(of + url, { redirect: 'manual', headers: { accept: headers.accept, 'user-agent': headers['user-agent'] } })
  const body = Buffer.from(await page.arrayBuffer())
  const text = /^(text|application)\//.test(page.headers.get('content-type')) ? told(body.toString()) : body
  answer.writeHead(page.status, Object.fromEntries([...page.headers].filter(([name]) => !/^(content-(length|encoding)|connection)$/.test(name)).map(([name, value]) => [name, told(value)]))).end(text)
})

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
  const link = tab.locator('main output a')
  await link.click()
  await tab.waitForURL(address(list))
  await button(tab, 'offline.remove').click()
  await until(tab, () => caches.has('list').then((any) => !any))
  await tab.goto(address(list))
  assert.equal(await tab.locator('h1').textContent(), say('en', 'offline.title'))
  assert.equal(await tab.locator('main output a').count(), 0)
  await phone.close()
})

test('one list is kept at most, and it is named wherever it can be removed', async () => {
  const { phone, tab } = await newPhone()
  await keep(tab, list)
  await tab.goto(address(other))
  const named = tab.locator('main output')
  await button(tab, 'offline.remove').waitFor()
  assert.ok((await named.textContent()).includes(say('en', 'offline.kept')))
  assert.ok(await named.evaluate((line) => line.previousElementSibling.querySelectorAll('ol.r > li').length > 1), 'it stands below the whole list')
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

test('only the list of an area can be kept, with its filters; no answer to an address or a position, and no other page', async () => {
  const { phone, tab } = await withSteps()
  const keeps = () => button(tab, 'offline.keep').count()
  for (const form of [{ q: '2145 Zanzibar Avenue, Chicago, IL 60612' }, { lat: '47.61', lon: '-122.33' }, { q: 'springfield' }, { q: 'zzqx vrblt' }]) {
    await open(tab, { path: '/near', form, status: 200, name: 'an answer' })
    await tab.waitForLoadState('networkidle')
    assert.equal(await keeps(), 0, JSON.stringify(form))
  }
  for (const page of ['/', '/us', '/us/il', '/overdose', '/strips', '/lines', '/law/us/il', '/print', '/print/us/il', '/privacy', '/offline', '/near/00000']) {
    await tab.goto(address(page))
    await tab.waitForLoadState('networkidle')
    assert.equal(await keeps(), 0, page)
  }
  const filtered = `${list}?need=naloxone`
  await keep(tab, filtered)
  assert.deepEqual((await stored(tab)).kept.list, [filtered])
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

const away = 'https://www.weather.gov/'
const wayOut = (tab) => tab.locator('header a[href="/leave"]')

// leave presses the way out, and waits until another page stands there. The site that it leads to is not reached from
// here (chromium.mjs): the browser shows a page of its own for the address.
async function leave(tab) {
  await wayOut(tab).click()
  for (const end = Date.now() + patience; tab.url().startsWith(site); await sleep(50)) assert.ok(Date.now() < end, `it stays at ${tab.url()}`)
}

// visited are the addresses that Back and Forward know.
async function visited(tab) {
  const devtools = await tab.context().newCDPSession(tab)
  const { entries } = await devtools.send('Page.getNavigationHistory')
  await devtools.detach()
  return entries.map(({ url }) => url).filter((url) => url !== 'about:blank')
}

for (const javaScriptEnabled of [true, false]) {
  test(`leaving ${javaScriptEnabled ? 'with' : 'without'} JavaScript leads elsewhere, tells nobody from where, and removes what was stored`, async () => {
    const asked = []
    const weather = await listening(({ url, headers }, answer) => {
      if (url === '/') asked.push(headers.referer)
      answer.writeHead(200, { 'content-type': 'text/html' }).end('<title>Weather</title>Sunny')
    })
    const { at, end } = await front(() => site, (text) => text.replace(away, `${weather.at}/`))
    const { phone, tab } = await newPhone({ javaScriptEnabled })
    try {
      if (javaScriptEnabled) await keep(tab, list, at)
      await tab.goto(`${at}/about`)
      await tab.goto(at + list)
      assert.deepEqual(asked, [], 'nothing is asked before')
      await wayOut(tab).click()
      await tab.waitForURL(`${weather.at}/`)
      assert.deepEqual(asked, [undefined])
      // With JavaScript the page itself is out of the way of Back.
      assert.deepEqual((await visited(tab)).slice(-2), [at + (javaScriptEnabled ? '/about' : list), `${weather.at}/`])
      await tab.goBack()
      assert.equal(tab.url(), at + (javaScriptEnabled ? '/about' : list))
      if (javaScriptEnabled) assert.deepEqual(await stored(tab), nothing)
    } finally {
      await phone.close()
      end()
      weather.end()
    }
  })
}

test('leaving blanks the page before an answer comes', async () => {
  const { phone, tab } = await newPhone()
  await tab.goto(address(list))
  await tab.waitForLoadState()
  const left = await tab.evaluate(() => {
    document.querySelector('header a[href="/leave"]').click()
    return { seen: document.body.checkVisibility(), title: document.title }
  })
  assert.deepEqual(left, { seen: false, title: '…' })
  await phone.close()
})

for (const tag of languages.filter((tag) => ['en', 'es', 'ar'].includes(tag))) {
  for (const keeps of [true, false]) {
    test(`in ${tag} leaving without a connection hides the page, ${keeps ? 'removes what was kept' : 'has nothing to remove'}, and Back does not show it`, async () => {
      const { phone, tab } = await newPhone()
      await tab.goto(address('/about', tag))
      await tab.goto(address(list, tag))
      if (keeps) {
        await button(tab, 'offline.keep', tag).click()
        await button(tab, 'offline.remove', tag).waitFor()
      }
      await phone.setOffline(true)
      await leave(tab)
      assert.deepEqual(await visited(tab), [address('/about', tag), away], 'it has the place of the page')
      await phone.setOffline(false)
      await tab.goBack()
      assert.equal(tab.url(), address('/about', tag))
      assert.deepEqual(await stored(tab), nothing)
      await phone.close()
    })
  }
}

test('leaving works where a phone can keep nothing', async () => {
  const { phone, tab } = await newPhone()
  await tab.addInitScript(() => {
    delete window.caches
    Object.defineProperty(Navigator.prototype, 'serviceWorker', { value: undefined })
  })
  await tab.goto(address(list))
  await leave(tab)
  await phone.close()
})

// whatKeepsFromInstalling tells what Chromium misses in a page for offering to install it.
async function whatKeepsFromInstalling(devtools) {
  const { installabilityErrors } = await devtools.send('Page.getInstallabilityErrors')
  return installabilityErrors.map(({ errorId }) => errorId).filter((id) => id !== 'in-incognito') // these tests leave no profile behind
}

for (const tag of languages) {
  test(`in ${tag} it can be installed, under the name of the site and with a sign that says nothing`, async () => {
    const tab = await browser.newPage()
    await tab.goto(address('/', tag))
    const devtools = await tab.context().newCDPSession(tab)
    const { data, errors } = await devtools.send('Page.getAppManifest')
    assert.deepEqual(errors, [])
    const { name, short_name: short, start_url: start, dir, lang, icons } = JSON.parse(data)
    const page = await tab.evaluate(() => ({ lang: document.documentElement.lang, dir: document.documentElement.dir, name: document.querySelector('.home').textContent }))
    assert.deepEqual({ name, short, start: new URL(start, site).href, dir, lang }, { name: page.name, short: page.name, start: tab.url(), dir: page.dir, lang: page.lang })
    assert.deepEqual(await whatKeepsFromInstalling(devtools), [])
    const drawn = await tab.evaluate((icons) => Promise.all(icons.map(async ({ src, sizes }) => {
      const picture = new Image()
      picture.src = src
      await picture.decode()
      return sizes === 'any' ? sizes : `${picture.naturalWidth}x${picture.naturalHeight}`
    })), icons)
    assert.deepEqual(drawn, icons.map(({ sizes }) => sizes))
    await tab.goto(address('/about', tag))
    assert.ok((await whatKeepsFromInstalling(devtools)).includes('no-manifest'), 'the check finds a page without a manifest')
    await tab.close()
  })
}

test('who opens the site as an app that was installed has the steps from the first page on', async () => {
  const { phone, tab } = await newPhone()
  await tab.addInitScript(() => {
    const asked = matchMedia
    window.matchMedia = (query) => query.includes('(display-mode: standalone)') ? { matches: true } : asked(query)
  })
  await tab.goto(address('/'))
  await working(tab)
  await forget(tab)
  await phone.setOffline(true)
  await tab.goto(address('/overdose'))
  assert.ok(await tab.locator('.steps a[href="tel:911"]').isVisible())
  await phone.close()
})

test('a new version replaces the old one, a slow or a broken site shows what is kept, and opting out removes everything', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'carrypoint-'))
  const [renamed, without] = await Promise.all([
    serve(process.env.CARRYPOINT, folder, '--title', 'Another name'), serve(process.env.CARRYPOINT, folder, '--no-offline'),
  ])
  let behind = site
  let trouble = ''
  const { at, end } = await front((answer, url) => {
    if (url === '/worker.js') return behind // a browser asks for it when it likes, and for no other while it waits
    if (trouble === 'broken') answer.writeHead(503).end('busy')
    return trouble ? '' : behind
  })
  const { phone, tab } = await withSteps('/overdose', at)
  const names = () => tab.evaluate(() => caches.keys())
  try {
    const old = await names()
    await forget(tab)
    trouble = 'slow'
    await tab.goto(`${at}/strips`)
    assert.ok(await tab.locator('.steps').count() > 0)
    await forget(tab)
    trouble = 'broken'
    await tab.goto(`${at}/overdose`)
    assert.ok(await tab.locator('.steps').count() > 0)
    await forget(tab)
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
    end()
    for (const { server } of [renamed, without]) server.kill()
    rmSync(folder, { recursive: true, force: true })
  }
})
