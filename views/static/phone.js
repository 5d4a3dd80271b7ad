// What a phone can do and a server must not: blank the page at once, keep a list,
// find where it is, rounded before anything is sent, and sort a list by the exact
// distance. No page needs any of it. Before this stands "site": where the worker
// is, which pages it keeps, where the way out leads, and words. Lines of comment
// are not sent.
const { geolocation, permissions, serviceWorker } = navigator
const find = (what, within = document) => within.querySelector(what)
const make = (name, given) => Object.assign(document.createElement(name), given)
const button = (textContent, onclick) => make('button', { type: 'button', textContent, onclick })

// forget removes all that is kept. The answer of the way out does so too, in newer
// browsers, if it comes.
const forget = async () => {
  for (const name of await caches.keys()) await caches.delete(name)
  for (const worker of await serviceWorker.getRegistrations()) await worker.unregister()
}

// Whoever leaves sees nothing from the first moment, and what comes takes the place
// of the page in the history. Without a connection that is the browser's own page
// for the address where the way out leads.
find('[href="/leave"]').onclick = (event) => {
  event.preventDefault()
  document.title = '…'
  document.body.hidden = true
  const go = () => location.replace(navigator.onLine ? '/leave' : site.away)
  forget().then(go, go)
}

const install = () => serviceWorker.register(site.worker)

// kept leads to the list that is kept. Looking stores nothing.
const kept = async () => {
  const list = await caches.has('list') && await caches.open('list')
  const [page] = list ? await list.keys() : []
  if (!page) return
  const text = await (await list.match(page)).text()
  return make('a', { href: page.url, textContent: find('h1', new DOMParser().parseFromString(text, 'text/html')).textContent })
}

// offerToKeep says which list is kept and removes it, and on the page of another
// list it offers to keep that one instead. A screen reader reads an output when it
// changes.
const offerToKeep = (before, here) => {
  const line = make('output')
  before.after(line)

  // Whoever pressed a button that is gone goes on from the one that took its place,
  // or else from the beginning.
  const show = async (failed) => {
    const link = await kept()
    line.textContent = ''
    if (link) line.append(site.kept + ' ', link, make('br'), button(site.remove, remove), ' ')
    if (here && !(link && link.href === here)) line.append(button(site.keep, keep))
    if (failed === undefined) return
    line.append(' ', failed)
    ;(find('button', line) || find('main')).focus()
  }

  const remove = () => caches.delete('list').then(() => show(''))

  // One list is kept, as it is for keeping: it says when, and not what is open now.
  // Without a worker nothing would show it.
  const save = async () => {
    const page = await fetch(here + (location.search ? '&' : '?') + 'kept=1')
    if (!page.ok) throw page
    await install()
    await serviceWorker.ready
    await caches.delete('list')
    await (await caches.open('list')).put(here, page)
  }

  const keep = () => save().then(() => show(''), () => show(site.failed))

  show()
}

const ask = (found, failed) => geolocation.getCurrentPosition(({ coords }) => found(coords), failed, { timeout: 8000, maximumAge: 300000 })

// What is sent is a position of two decimals: about a kilometre.
const offerToFind = (place, field) => {
  const line = make('span')
  const { label, busy, failed } = place.dataset
  const send = ({ latitude, longitude }) => {
    const at = { lat: latitude, lon: longitude }
    for (const name in at) field.form.append(make('input', { type: 'hidden', name, value: at[name].toFixed(2) }))
    field.value = ''
    field.form.submit()
  }
  place.append(button(label, () => {
    line.textContent = busy
    ask(send, () => {
      line.textContent = failed
      field.focus()
    })
  }), ' ', line)
}

// metres on the globe, of which a degree has 111195: good enough to put near places
// in order, and those that a place counts further away for the age of its check.
const metres = (li, { latitude, longitude }) => {
  const [lon, lat, more = 0] = li.dataset.at.split(',').map(Number)
  return Math.hypot(lat - latitude, (lon - longitude) * Math.cos((lat + latitude) * Math.PI / 360)) * 111195 + more
}

// sort moves only the places whose own position is known, among themselves, and
// says whether it moved any.
const sort = (list, at) => {
  const all = [...list.children]
  const known = all.filter((li) => li.dataset.at)
  const sorted = [...known].sort((a, b) => metres(a, at) - metres(b, at))
  if (sorted.every((li, i) => li === known[i])) return false
  list.append(...all.map((li) => li.dataset.at ? sorted.shift() : li))
  return true
}

const sortAll = (lists) => ask((at) => {
  const [first] = lists.filter((list) => sort(list, at))
  if (!first) return
  const line = make('output')
  first.before(line)
  line.textContent = first.dataset.sorted
})

const place = find('#here')
if (place && geolocation) offerToFind(place, find('#q'))

// Only a phone that has already said yes is asked for the list: nobody should have
// to say it twice.
const lists = [...document.querySelectorAll('[data-sorted]')]
if (lists[0] && permissions) permissions.query({ name: 'geolocation' }).then(({ state }) => state === 'granted' && sortAll(lists))

// A page to be kept is one that somebody opened, or an app that somebody installed.
if (site.worker && serviceWorker) {
  const area = find('form .act')
  const none = find('#kept')
  if (site.pages.includes(location.pathname) || matchMedia('(display-mode: standalone), (display-mode: minimal-ui)').matches) install()
  if (area) offerToKeep(area.closest('form'), location.href.split('#')[0])
  if (none) offerToKeep(none)
}
