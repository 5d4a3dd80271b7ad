// What a visitor does, with and without JavaScript, in a large window, in a small one and with large letters.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { start } from './chromium.mjs'
import { address, allPages, site, source } from './pages.mjs'
import { back, fits, follow, inSight, press } from './visitor.mjs'
import { windowOf, windows } from './windows.mjs'
import { say } from './words.mjs'

const pages = await allPages()
const seattle = { latitude: 47.606209, longitude: -122.332069 }

let browser
before(async () => { browser = await start() })
after(() => browser.close())

const field = (tab) => tab.locator('input[name=q]').first()
const button = (tab, key) => tab.getByRole('button', { name: say('en', key), exact: true })
const results = (tab) => tab.locator('ol.r > li')

// speak changes to the same page in another language.
async function speak(tab, language) {
  await follow(tab.locator('.bar a[href*="/languages"]'))
  await follow(tab.locator(`main a[hreflang=${language}]`))
}

async function search(tab, text) {
  await press(field(tab))
  await field(tab).fill(text)
  await follow(tab.locator('button[type=submit]').first())
}

// entries reads a list of results as a visitor would: what is each called, and where does it lead?
async function entries(tab) {
  await fits(tab)
  const all = await results(tab).evaluateAll((items) => items.map((li) => {
    const link = li.querySelector('a[href*="/site/"]')
    return { name: link?.textContent.trim(), href: link?.getAttribute('href') }
  }))
  assert.ok(all.length > 0, `no results at ${tab.url()}`)
  for (const { name, href } of all) assert.ok(name && /\/site\/[^/]+$/.test(href), `an entry called ${name} leads to ${href}`)
  return all
}

const large = { name: 'in a large window', width: 1280, height: 800, letters: 1 }
const ways = [{ window: large, javaScriptEnabled: false }, ...[large, ...windows].map((window) => ({ window, javaScriptEnabled: true }))]

for (const { window, javaScriptEnabled } of ways) {
  const flow = (sentence, steps) => test(`${sentence}, ${window.name}, ${javaScriptEnabled ? 'with' : 'without'} JavaScript`, async () => {
    const tab = await browser.newPage({ javaScriptEnabled })
    await (await windowOf(tab))(window)
    await tab.goto(address('/'))
    await steps(tab)
    await tab.close()
  })

  flow('a ZIP leads to a list, an entry to its page, and Back to the list', async (tab) => {
    await search(tab, '94103')
    assert.equal(tab.url(), address('/near/94103'))
    const [first] = await entries(tab)
    await follow(results(tab).first().locator('a[href*="/site/"]').first())
    assert.equal(tab.url(), site + first.href)
    assert.equal((await tab.locator('h1').textContent()).trim(), first.name)
    await back(tab)
    assert.equal(tab.url(), address('/near/94103'))
    assert.deepEqual((await entries(tab))[0], first)
  })

  flow('a name of many towns leads to a choice, and the choice to a list', async (tab) => {
    await search(tab, 'springfield')
    assert.equal(tab.url(), address('/near'))
    const choices = tab.locator('main a[href*="/us/"]')
    assert.ok(await choices.count() > 2, 'there are several')
    assert.match(await choices.first().textContent(), /^Springfield, \w+/)
    await follow(choices.first())
    assert.match(tab.url(), /\/us\/[a-z]{2}\/springfield/)
    await entries(tab)
  })

  flow('a text that is no place stays in the field, beside what went wrong and other ways', async (tab) => {
    await search(tab, 'zzqx vrblt')
    assert.equal(await field(tab).inputValue(), 'zzqx vrblt')
    const described = await field(tab).evaluate((input) => (input.getAttribute('aria-describedby') ?? '').split(' ').map((id) => document.getElementById(id)?.textContent.trim()))
    assert.equal(await field(tab).getAttribute('aria-invalid'), 'true')
    assert.ok(described[0], 'the field says what is wrong')
    assert.ok(await tab.locator('main a[href="/us"]').count() > 0, 'the areas can be browsed')
    await search(tab, '94103')
    await entries(tab)
  })

  flow('nothing typed is no failure', async (tab) => {
    await search(tab, '')
    await search(tab, '60612')
    assert.equal(tab.url(), address('/near/60612'))
  })

  flow('a search for test strips lists only places that have them, and says what it asks', async (tab) => {
    await press(tab.locator('input[name=need][value=fentanyl_test_strips]').first())
    await search(tab, '94103')
    assert.equal(tab.url(), address('/near/94103?need=fentanyl_test_strips'))
    await entries(tab)
    for (const supplies of await results(tab).locator('.has').all()) {
      assert.match(await supplies.locator('.yes').allTextContents().then((all) => all.join()), /fentanyl/i)
    }
    assert.ok(await tab.locator('input[name=need][value=fentanyl_test_strips]').first().isChecked(), 'the box stays ticked')
  })

  flow('Spanish is found from the first page, and stays', async (tab) => {
    await speak(tab, 'es')
    assert.equal(tab.url(), address('/', 'es'))
    assert.equal(await tab.locator('html').getAttribute('lang'), 'es')
    await search(tab, '94103')
    assert.equal(tab.url(), address('/near/94103', 'es'))
    const [first] = await entries(tab)
    assert.match(first.href, /^\/es\/site\//)
    await speak(tab, 'en')
    assert.equal(tab.url(), address('/near/94103'))
  })

  flow('places are ticked on a list, chosen again, and become cards', async (tab) => {
    await search(tab, '94103')
    const boxes = tab.locator('ol.r input[name=site]')
    const [first, second] = await Promise.all([0, 1].map((i) => boxes.nth(i).getAttribute('value')))
    await press(boxes.nth(0))
    await press(boxes.nth(1))
    await follow(button(tab, 'print.pick_these'))
    assert.equal(tab.url(), address(`/print/picked?site=${first}&site=${second}`))
    await press(tab.locator(`input[name=site][value="${first}"]`))
    await press(tab.locator('input[name=format][value=cards]'))
    await follow(button(tab, 'print.update'))
    await follow(tab.locator('a.btn.go'))
    assert.equal(new URL(tab.url()).pathname, '/print/picked/cards')
    assert.equal(new URL(tab.url()).searchParams.getAll('site').join(), second)
  })

  if (javaScriptEnabled) flow('a list is kept, and removed', async (tab) => {
    await search(tab, '94103')
    await press(button(tab, 'offline.keep'))
    await press(button(tab, 'offline.remove'))
    await button(tab, 'offline.keep').waitFor()
    await inSight(button(tab, 'offline.keep'))
  })
}

for (const page of pages) {
  test(`${page.name} has the steps for an overdose as its first link, or the call that they tell of`, async () => {
    const html = await source(page)
    const [, first] = /<a\s[^>]*?href="([^"]*)"/.exec(html.slice(html.indexOf('<body')))
    if (page.path === '/overdose') return assert.equal(first, 'tel:911')
    assert.equal(page.origin + first, address('/overdose', page.language, page.origin))
  })
}

test('what is past an edge is not pressed, and nothing on a page that has to be scrolled sideways', async () => {
  const tab = await browser.newPage({ viewport: { width: 320, height: 640 } })
  const pressed = async (body) => {
    await tab.setContent(body)
    await press(tab.locator('button'))
  }
  await assert.doesNotReject(pressed('<button>b</button>'))
  await assert.rejects(pressed('<button style="position:fixed;left:-20px;width:90px">b</button>'), /past an edge/)
  await assert.rejects(pressed('<p style="width:400px">wide</p><button>b</button>'), /px in a window of 320/)
  await tab.close()
})

test('without JavaScript there is no button that needs it', async () => {
  const tab = await browser.newPage({ javaScriptEnabled: false })
  await tab.goto(address('/'))
  assert.equal(await tab.locator('button:not([type=submit])').count(), 0)
  await tab.close()
})

// requestsOf notes every byte that leaves the browser: address, headers and body.
function requestsOf(context) {
  const all = []
  context.on('request', (request) => {
    all.push(request.allHeaders().then((headers) => [request.method(), request.url(), JSON.stringify(headers), request.postData() ?? ''].join('\n')))
  })
  return () => Promise.all(all)
}

test('a device sends its position rounded to about a kilometre, and nothing finer', async () => {
  const context = await browser.newContext({ geolocation: seattle, permissions: ['geolocation'] })
  const sent = requestsOf(context)
  const tab = await context.newPage()
  await tab.goto(address('/'))
  await tab.locator('#here button').click()
  await tab.waitForURL(address('/near'))
  await entries(tab)
  await tab.waitForLoadState('networkidle')

  const requests = await sent()
  const posts = requests.filter((request) => request.startsWith('POST'))
  assert.equal(posts.length, 1)
  const body = new URLSearchParams(posts[0].split('\n').at(-1))
  assert.equal(body.get('lat'), '47.61')
  assert.equal(body.get('lon'), '-122.33')
  assert.deepEqual(requests.filter((request) => /47\.606|122\.332/.test(request)), [])
  await context.close()
})

test('a device that does not tell its position leaves the visitor in the field, with a sentence', async () => {
  const context = await browser.newContext({ permissions: [] })
  const tab = await context.newPage()
  await tab.goto(address('/'))
  const status = tab.locator('#here')
  const before = await status.textContent()
  await tab.locator('#here button').click()
  await tab.waitForFunction(() => document.activeElement?.name === 'q')
  const said = (await status.textContent()).replace(before, '').trim()
  assert.equal(said, await status.getAttribute('data-failed'))
  await field(tab).fill('94103')
  await field(tab).press('Enter')
  await tab.waitForURL(address('/near/94103'))
  await context.close()
})

test('a phone sorts each list by itself, and leaves behind what was not checked for long', async () => {
  const context = await browser.newContext({ geolocation: seattle, permissions: ['geolocation'] })
  const tab = await context.newPage()
  const script = /\/static\/[\w-]+\.\w+\.js/.exec(await (await fetch(address('/'))).text())[0]
  const place = (id, at) => `<li id="${id}" data-at="${at}">${id}</li>`
  await tab.route(address('/near'), (route) => route.fulfill({
    contentType: 'text/html',
    body: `<!doctype html><title>t</title><script src="${script}" defer></script><a href="/leave">leave</a>
      <ol data-sorted="sorted">${place('stale', '-122.33,47.607,5000')}<li id="vague">vague</li>${place('far', '-122.33,47.64')}${place('near', '-122.33,47.62')}</ol>
      <ol data-sorted="sorted">${place('older-far', '-122.33,47.62,5000')}${place('older-near', '-122.33,47.607,5000')}</ol>`,
  }))
  await tab.goto(address('/near'))
  await tab.getByRole('status').waitFor()
  assert.deepEqual(await tab.getByRole('status').allTextContents(), ['sorted'])
  assert.deepEqual(await tab.locator('li').allTextContents(), ['near', 'vague', 'far', 'stale', 'older-near', 'older-far'])
  await context.close()
})
