// Two things a phone can do that a server must not: find where it is, rounded
// before anything is sent, and sort a list by the exact distance.
(function () {
  var geo = navigator.geolocation
  if (!geo) return
  var place = document.getElementById('here')
  var lists = document.querySelectorAll('[data-sorted]')

  function ask(found, failed) {
    geo.getCurrentPosition(function (p) { found(p.coords) }, failed, { timeout: 8000, maximumAge: 300000 })
  }

  // send posts the form with a position of two decimals: about a kilometre.
  function send(form, at) {
    var names = { lat: at.latitude, lon: at.longitude }
    for (var name in names) {
      var field = document.createElement('input')
      field.type = 'hidden'
      field.name = name
      field.value = names[name].toFixed(2)
      form.appendChild(field)
    }
    document.getElementById('q').value = ''
    form.submit()
  }

  function offer() {
    var button = document.createElement('button')
    var said = document.createElement('span')
    button.type = 'button'
    button.textContent = place.dataset.label
    button.onclick = function () {
      said.textContent = place.dataset.busy
      ask(function (at) { send(place.closest('form'), at) }, function () {
        said.textContent = place.dataset.failed
        document.getElementById('q').focus()
      })
    }
    place.append(button, ' ', said)
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
    var said = document.createElement('p')
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

  if (place) offer()
  if (lists.length) sortIfGranted()
})()
