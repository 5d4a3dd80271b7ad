// Keeps the steps, the page of strips and one that says that there is no
// connection, in the language that was opened, and shows the list that a page kept.
// Nothing else: no search, no other page. Before this stands "site": what to keep,
// named by its content, so that a new version is a new worker. Lines of comment
// are not sent.
const { name, family, keep, none, wait } = site

addEventListener('install', (event) => {
  skipWaiting()
  event.waitUntil(caches.open(name).then((kept) => kept.addAll(keep.map((page) => new Request(page, { cache: 'reload' })))))
})

// What an older version of this worker kept goes.
addEventListener('activate', (event) => event.waitUntil(caches.keys().then((names) =>
  Promise.all(names.map((old) => old.startsWith(family) && old !== name && caches.delete(old))))))

// What is kept is shown when the network fails, or is slower than somebody who
// does not breathe can wait for.
const answer = async (request) => {
  const network = fetch(request)
  const kept = await caches.match(request, { ignoreVary: true })
  if (!kept) return network.catch(() => caches.match(none))
  const late = new Promise((_, give) => setTimeout(give, wait))
  return Promise.race([network, late]).then((page) => page.status < 500 ? page : kept, () => kept)
}

// The answer to a form and the way out are between the browser and the server alone.
addEventListener('fetch', (event) => {
  const { method, mode, url } = event.request
  const { pathname } = new URL(url)
  if (method === 'GET' && pathname !== '/leave' && (mode === 'navigate' || keep.includes(pathname))) event.respondWith(answer(event.request))
})
