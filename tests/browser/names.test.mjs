// What a screen reader says: headings in their order, parts of the page by name, and links and buttons that can be
// told apart when they are read without what stands around them.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { start } from './chromium.mjs'
import { kinds, open, settled, site } from './pages.mjs'

let browser, tab, protocol
before(async () => {
  browser = await start()
  tab = await browser.newPage({ viewport: { width: 360, height: 800 } })
  protocol = await tab.context().newCDPSession(tab)
})
after(() => browser.close())

// spoken is the accessibility tree in the order in which it is read: role, name, and what else is said of it.
async function spoken() {
  const { nodes } = await protocol.send('Accessibility.getFullAXTree')
  const byID = new Map(nodes.map((node) => [node.nodeId, node]))
  const all = []
  const walk = (node, within) => {
    const said = { role: node.role?.value, name: node.name?.value ?? '', within, node: node.backendDOMNodeId }
    for (const { name, value } of node.properties ?? []) said[name] = value.value
    if (!node.ignored) all.push(said)
    for (const id of node.childIds ?? []) if (byID.has(id)) walk(byID.get(id), node.ignored ? within : [...within, said.role])
  }
  walk(nodes[0], [])
  for (const said of all.filter(({ role }) => role === 'link')) said.url ??= ''
  return all
}

const of = (all, ...roles) => all.filter(({ role }) => roles.includes(role))

// unlike gives the names that lead to more than one address.
function unlike(links) {
  const addresses = new Map()
  for (const { name, url } of links) addresses.set(name, (addresses.get(name) ?? new Set()).add(url))
  return [...addresses].filter(([, urls]) => urls.size > 1).map(([name]) => name)
}

// faults names what a listener would miss.
function faults(all) {
  const found = []
  const levels = of(all, 'heading').map(({ level }) => level)
  if (levels.filter((level) => level === 1).length !== 1) found.push(`there are ${levels.filter((level) => level === 1).length} first headings`)
  levels.forEach((level, i) => { if (level > (levels[i - 1] ?? 0) + 1 && i > 0) found.push(`a heading of level ${level} follows one of ${levels[i - 1]}`) })
  for (const role of ['banner', 'main', 'contentinfo']) {
    if (of(all, role).length !== 1) found.push(`there are ${of(all, role).length} of ${role}`)
  }
  for (const { role, name } of of(all, 'navigation', 'region', 'group', 'combobox', 'textbox', 'checkbox', 'radio', 'button', 'link', 'image', 'img', 'heading', 'list')) {
    if (name === '' && !['list', 'group'].includes(role)) found.push(`a ${role} has no name`)
    if (!/\p{L}|\d{3}/u.test(name) && ['link', 'button'].includes(role)) found.push(`a ${role} is called "${name}"`)
  }
  found.push(...unlike(of(all, 'link')).map((name) => `links called "${name}" lead to different pages`))
  const buttons = of(all, 'button').map(({ name }) => name)
  found.push(...buttons.filter((name, i) => buttons.indexOf(name) !== i).map((name) => `two buttons are called "${name}"`))
  const boxes = of(all, 'checkbox', 'textbox', 'combobox').map(({ role, name }) => `${role} ${name}`)
  found.push(...boxes.filter((box, i) => boxes.indexOf(box) !== i).map((box) => `there are two of ${box}`))
  return found
}

for (const page of await kinds('en', 'ar')) {
  test(`${page.name}: what is read aloud can be told apart`, async () => {
    await open(tab, page)
    await settled(tab)
    await tab.evaluate(() => document.querySelectorAll('details').forEach((d) => { d.open = true }))
    assert.deepEqual(faults(await spoken()), [])
  })
}

// A text of another writing is in a language that the page names, or is a name of the world's own.
for (const page of await kinds('ar', 'zh-Hans', 'ru')) {
  test(`${page.name}: English in it is marked as English, or as a name`, async () => {
    await open(tab, page)
    const unmarked = await tab.evaluate(() => {
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
      const found = []
      while (walker.nextNode()) {
        const { parentElement: e, data: said } = walker.currentNode
        const data = said.replace(/[«“「].*?[»”」]/g, '') // hours that we could not read are quoted within a sentence
        // Three words of Latin letters in a row are a sentence, not a name within one.
        if (!/[a-z]{2,} [a-z]{2,} [a-z]{2,}/.test(data)) continue
        if (e.closest('[lang]').lang === document.documentElement.lang && !e.closest('[translate=no], bdi, svg, .vh') /* .vh has the names of places */) found.push(data.trim().slice(0, 100))
      }
      return found
    })
    assert.deepEqual(unmarked, [])
  })
}

test('the checks find what cannot be told apart', async () => {
  await tab.route(site, (route) => route.fulfill({
    contentType: 'text/html; charset=utf-8',
    body: `<!doctype html><html lang=en><title>t</title><header></header><main><h1>a</h1><h3>b</h3><a href="/1">More</a><a href="/2">More</a><button>x</button><button>x</button><input><a href="/3">→</a></main>`,
  }))
  await tab.goto(site)
  const found = faults(await spoken()).join('\n')
  for (const says of [/level 3 follows one of 1/, /0 of contentinfo/, /"More" lead/, /two buttons/, /textbox has no name/, /called "→"/]) assert.match(found, says)
  await tab.unroute(site)
})
