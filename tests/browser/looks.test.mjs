// What a person chose for their own screen is kept: their colours, no movement. Nothing is said by colour alone.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { start } from './chromium.mjs'
import { address, gallery, kinds, open } from './pages.mjs'

let browser, tab
before(async () => {
  browser = await start()
  tab = await browser.newPage({ viewport: { width: 360, height: 800 }, serviceWorkers: 'block' })
})
after(() => browser.close())

// vanished names texts that have the colour of what is behind them, and controls without an edge.
function vanished() {
  return tab.evaluate(() => {
    const behind = (e) => {
      for (; e; e = e.parentElement) {
        const colour = getComputedStyle(e).backgroundColor
        if (!/^rgba\(.*, 0\)$/.test(colour)) return colour
      }
      return 'none'
    }
    const shown = [...document.body.querySelectorAll('*')].filter((e) => e.checkVisibility({ visibilityProperty: true }) && !e.closest('svg'))
    const own = (e) => [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim() !== '')
    const unread = shown.filter((e) => own(e) && getComputedStyle(e).color === behind(e)).map((e) => `unread: ${e.outerHTML.slice(0, 100)}`)
    const edged = (e) => { const s = getComputedStyle(e); return parseFloat(s.borderTopWidth) > 0 && s.borderTopStyle !== 'none' && s.borderTopColor !== behind(e.parentElement) }
    const controls = shown.filter((e) => e.matches('button, input[type=text], input[type=time], select, .btn, .em, .chips a'))
    return [...unread, ...controls.filter((e) => !edged(e)).map((e) => `without an edge: ${e.outerHTML.slice(0, 100)}`)]
  })
}

// moving names what moves: nothing does, whether or not a person asks for less of it.
function moving() {
  return tab.evaluate(() => [
    ...[...document.querySelectorAll('*')].filter((e) => {
      const { transitionDuration, animationName, scrollBehavior } = getComputedStyle(e)
      return animationName !== 'none' || scrollBehavior === 'smooth' || transitionDuration.split(', ').some((t) => parseFloat(t) > 0)
    }),
    ...document.getAnimations().map(({ effect }) => effect.target),
    ...document.querySelectorAll('marquee, blink, video, animate, animateTransform, [autoplay]'),
  ].map((e) => e.outerHTML.slice(0, 100)))
}

for (const page of await kinds('en', 'ar')) {
  test(`${page.name}: nothing moves, and nothing vanishes in colours of one's own`, async () => {
    await open(tab, page)
    assert.deepEqual(await moving(), [])
    for (const colorScheme of ['light', 'dark']) {
      await tab.emulateMedia({ forcedColors: 'active', colorScheme })
      assert.deepEqual(await vanished(), [], colorScheme)
    }
    await tab.emulateMedia({ forcedColors: 'none', colorScheme: 'light' })
  })
}

test('a map keeps its own colours, and each of its pins has a name', async () => {
  await tab.emulateMedia({ forcedColors: 'active' })
  await tab.goto(address('/near/45402', 'en', gallery))
  assert.equal(await tab.locator('figure svg').evaluate((svg) => getComputedStyle(svg).forcedColorAdjust), 'none')
  const names = await tab.locator('figure svg a').evaluateAll((all) => all.map((a) => a.getAttribute('aria-label') ?? a.textContent))
  assert.ok(names.length > 1 && names.every((name) => name.trim().length > 1), names.join())
  await tab.emulateMedia({ forcedColors: 'none' })
})

test('what is there, what is not and what is not known have signs of their own', async () => {
  await tab.goto(address('/site/us-oh-birch-pharmacy', 'en', gallery))
  const signs = await tab.locator('.has li').evaluateAll((all) => all.map((li) => getComputedStyle(li, '::before').content))
  assert.ok(new Set(signs).size > 1 && signs.every((sign) => sign.length >= 3), signs.join())
})

test('a text that has the colour of what is behind it is found, a button without an edge, and what moves', async () => {
  await tab.route(gallery, (route) => route.fulfill({
    contentType: 'text/html',
    body: '<!doctype html><title>t</title><body style="background:#fff"><p style="color:#fff">gone</p><button style="border:0">b</button><button style="border:2px solid #000">c</button><style>@keyframes k { to { opacity: 0 } }</style><i style="animation:k 9s">i</i><b style="transition-duration:1s">b</b>',
  }))
  await tab.goto(gallery)
  assert.match((await moving()).join(), /<i.*<b/)
  const found = (await vanished()).join('\n')
  assert.match(found, /unread: <p/)
  assert.match(found, /without an edge: <button style="border:0/)
  assert.doesNotMatch(found, /2px/)
  await tab.unroute(gallery)
})
