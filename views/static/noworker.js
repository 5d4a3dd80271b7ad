// Takes the place of a worker that is no longer wanted: removes what it kept, and
// itself. Lines of comment are not sent.
addEventListener('install', () => skipWaiting())
addEventListener('activate', (event) => event.waitUntil(caches.keys()
  .then((names) => Promise.all(names.map((name) => caches.delete(name))))
  .then(() => registration.unregister())))
