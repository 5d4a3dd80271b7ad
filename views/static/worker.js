// Keeps the steps, the page of strips and one that says that there is no
// connection, in the language that was opened; and one list, when somebody asks.
// Nothing else: no search, no other page. Before this stands "site": what to keep,
// named by its content, so that a new version is a new worker. Lines of comment
// are not sent.
addEventListener('install', (event) => {
  skipWaiting()
  event.waitUntil(caches.open(site.name).then((kept) => kept.addAll(site.keep.map((page) => new Request(page, { cache: 'reload' })))))
})

// What an older version of this worker kept goes, and pages that stand open have this one.
addEventListener('activate', (event) => event.waitUntil(caches.keys().then((names) => {
  const old = names.filter((name) => name.startsWith(site.family) && name !== site.name)
  return Promise.all(old.map((name) => caches.delete(name)))
}).then(() => clients.claim())))

// The answer to a form and the way out are between the browser and the server alone.
addEventListener('fetch', (event) => {
  const { method, mode, url } = event.request
  const { pathname } = new URL(url)
  if (method === 'GET' && pathname !== '/leave' && (mode === 'navigate' || site.keep.includes(pathname))) event.respondWith(answer(event.request))
})

// What is kept is shown when the network fails, or is slower than somebody who
// does not breathe can wait for.
async function answer(request) {
  const network = fetch(request)
  const kept = await caches.match(request, { ignoreVary: true })
  if (!kept) return network.catch(() => caches.match(site.none))
  const late = new Promise((_, give) => setTimeout(give, site.wait))
  return Promise.race([network, late]).then((page) => page.status < 500 ? page : kept, () => kept)
}

// One list is kept, as it is for keeping: it says when, and not what is open now.
async function keep(address) {
  const url = new URL(address, location)
  if (!new RegExp(site.lists).test(url.pathname)) throw address
  url.searchParams.set('kept', '1')
  const page = await fetch(url, { cache: 'reload' })
  if (!page.ok || page.redirected) throw address
  await caches.delete('list')
  await (await caches.open('list')).put(address, page)
}

addEventListener('message', (event) => event.waitUntil(keep(event.data).then(
  () => event.ports[0].postMessage(true),
  () => event.ports[0].postMessage(false),
)))
