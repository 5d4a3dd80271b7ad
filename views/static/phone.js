// What a phone can do and a server must not: blank the page at once, keep a list,
// find where it is, rounded before anything is sent, and sort a list by the exact
// distance. No page needs any of it. Before this stands "site": where the worker
// is, which pages it keeps, and words. Lines of comment are not sent.
(function () {
  var geo = navigator.geolocation
  var place = document.getElementById('here')
  var lists = document.querySelectorAll('[data-sorted]')

  function make(name, text) {
    var element = document.createElement(name)
    element.textContent = text || ''
    return element
  }

  function button(text, press) {
    var made = make('button', text)
    made.type = 'button'
    made.onclick = press
    return made
  }

  // leave blanks the page before the answer comes, and gives its place in the
  // history to what comes.
  function leave(event) {
    event.preventDefault()
    document.title = '…'
    document.body.hidden = true
    location.replace(event.target.href)
  }

  function install() { return navigator.serviceWorker.register(site.worker) }

  // kept finds the list that is kept, with its title. Looking stores nothing.
  function kept() {
    return caches.has('list').then(function (any) { return any && caches.open('list') }).then(function (list) {
      return list && list.keys().then(function (pages) {
        return pages[0] && list.match(pages[0]).then(function (page) { return page.text() }).then(function (text) {
          var link = make('a', new DOMParser().parseFromString(text, 'text/html').title)
          link.href = pages[0].url
          return link
        })
      })
    })
  }

  // offerToKeep says which list is kept and removes it, and on the page of
  // another list it offers to keep that one instead.
  function offerToKeep(before, here) {
    var line = make('p')
    line.setAttribute('role', 'status')
    before.after(line)

    function show() {
      return kept().then(function (link) {
        line.textContent = ''
        if (link) line.append(site.kept + ' ', link, ' ', button(site.remove, remove), ' ')
        if (here && !(link && link.href === location.origin + here)) line.append(button(site.keep, keep))
      })
    }

    // Whoever pressed a button that is gone goes on from the one that took its place.
    function go() {
      return show().then(function () {
        var next = line.querySelector('button')
        if (next) next.focus()
      })
    }

    function remove() { caches.delete('list').then(go) }

    function keep() {
      install().then(function () { return navigator.serviceWorker.ready }).then(function (ready) {
        var answer = new MessageChannel()
        answer.port1.onmessage = function (event) {
          go().then(function () { if (!event.data) line.append(' ' + site.failed) })
        }
        ready.active.postMessage(here, [answer.port2])
      })
    }

    show()
  }

  function ask(found, failed) {
    geo.getCurrentPosition(function (p) { found(p.coords) }, failed, { timeout: 8000, maximumAge: 300000 })
  }

  // send posts the form with a position of two decimals: about a kilometre.
  function send(form, at) {
    var names = { lat: at.latitude, lon: at.longitude }
    for (var name in names) {
      var field = make('input')
      field.type = 'hidden'
      field.name = name
      field.value = names[name].toFixed(2)
      form.appendChild(field)
    }
    document.getElementById('q').value = ''
    form.submit()
  }

  function offer() {
    var said = make('span')
    place.append(button(place.dataset.label, function () {
      said.textContent = place.dataset.busy
      ask(function (at) { send(place.closest('form'), at) }, function () {
        said.textContent = place.dataset.failed
        document.getElementById('q').focus()
      })
    }), ' ', said)
  }

  // metres on the globe, good enough to put near places in order, and those
  // that a place counts further away for the age of its check.
  function metres(at, text) {
    var to = text.split(',')
    var r = Math.PI / 180
    var x = (to[0] - at.longitude) * r * Math.cos((+to[1] + at.latitude) * r / 2)
    var y = (to[1] - at.latitude) * r
    return Math.hypot(x, y) * 6371008.8 + +(to[2] || 0)
  }

  // sort moves only the places whose own position is known, among themselves,
  // and says whether it moved any.
  function sort(list, at) {
    var items = Array.prototype.filter.call(list.children, function (li) { return li.dataset.at })
    var sorted = items.slice().sort(function (a, b) { return metres(at, a.dataset.at) - metres(at, b.dataset.at) })
    if (items.length < 2 || sorted.every(function (li, i) { return li === items[i] })) return false
    var marks = items.map(function (li) {
      var mark = document.createComment('')
      list.replaceChild(mark, li)
      return mark
    })
    marks.forEach(function (mark, i) { list.replaceChild(sorted[i], mark) })
    return true
  }

  function sortAll(at) {
    var moved = Array.prototype.filter.call(lists, function (list) { return sort(list, at) })
    if (!moved.length) return
    var said = make('p')
    said.setAttribute('role', 'status')
    moved[0].before(said)
    said.textContent = moved[0].dataset.sorted
  }

  // Only a phone that has already said yes is asked for the list: nobody should
  // have to say it twice.
  function sortIfGranted() {
    if (!navigator.permissions) return
    navigator.permissions.query({ name: 'geolocation' }).then(function (answer) {
      if (answer.state === 'granted') ask(sortAll, function () {})
    }, function () {})
  }

  document.querySelector('[href="/leave"]').onclick = leave
  if (place && geo) offer()
  if (lists.length && geo) sortIfGranted()

  // A page to be kept is one that somebody opened, or an app that somebody installed.
  if (site.worker && navigator.serviceWorker) {
    var area = document.querySelector('form .act')
    var none = document.getElementById('kept')
    if (site.pages.includes(location.pathname) || matchMedia('(display-mode: standalone), (display-mode: minimal-ui)').matches) install()
    if (area) offerToKeep(area.closest('form'), location.pathname + location.search)
    if (none) offerToKeep(none)
  }
})()
