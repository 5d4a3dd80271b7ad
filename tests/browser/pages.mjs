// The catalogue of pages. A new page is one line here, and every check then holds for it.
import assert from 'node:assert/strict'

export const site = process.env.SITE
assert.ok(site, 'SITE is not set: start the tests by "make test-browser"')

// The languages are those that the site offers. In these every page is looked at: the master, the one that is
// spoken most beside it, and one that runs from right to left. In the others those that say most.
export const languages = [...(await (await fetch(site + '/languages')).text()).matchAll(/hreflang="([^"]+)"/g)].map(([, tag]) => tag)
const whole = ['en', 'es', 'ar']
const most = ['/', '/near/94103', '/us/mt', '/overdose', '/strips', '/about']

// A page has a path, or is the answer to a form posted to a path; status is 200 where nothing is said.
const catalogue = [
  { path: '/' },
  { path: '/near/94103' },
  { path: '/near/94103?need=fentanyl_test_strips' },
  { path: '/near/94103?need=naloxone&open=now&free=1&id=none' },
  { path: '/near/94103?page=2' },
  { path: '/near/60612' },
  { path: '/near/99901' },
  { path: '/near/V6A' },
  { path: '/us' },
  { path: '/us/il' },
  { path: '/us/mt' },
  { path: '/us/il/chicago' },
  { path: '/us/il/cook-county' },
  { path: '/ca' },
  { path: '/overdose' },
  { path: '/strips' },
  { path: '/before-you-go' },
  { path: '/carry' },
  { path: '/law' },
  { path: '/law/us' },
  { path: '/law/us/tx' },
  { path: '/law/ca/bc' },
  { path: '/lines' },
  { path: '/about' },
  { path: '/languages?from=/near/94103' },
  { path: '/privacy' },
  { path: '/offline' },
  { path: '/near/00000', status: 404 },
  { path: '/no-such-page', status: 404 },
  { path: '/site/no-such-site', status: 404 },
  { path: '/near', form: { q: 'springfield' } },
  { path: '/near', form: { q: 'zzqx vrblt' } },
  { path: '/near', form: { q: '' } },
  { path: '/near', form: { q: '2145 Zanzibar Avenue, Chicago, IL 60612' } },
  { path: '/near', form: { lat: '47.61', lon: '-122.33' } },
]

// The pages of sites are found by the first site that each of these lists.
const lists = ['/near/94103', '/near/60612', '/near/99901', '/near/V6A', '/us/mt']

// allPages gives every page in every language that is looked at as a whole, and some in the others.
export async function allPages() {
  const sites = (await Promise.all(lists.map(firstSite))).filter(Boolean)
  assert.ok(sites.length > 0, 'no list has a link to a site')
  const pages = [...catalogue, ...new Set(sites)].map((page) => (typeof page === 'string' ? { path: page } : page))
  return languages.flatMap((language) => pages
    .filter((page) => whole.includes(language) || most.includes(page.path))
    .map((page) => ({ status: 200, ...page, language, name: nameOf(page, language) })))
}

async function firstSite(list) {
  const html = await (await fetch(site + list)).text()
  return /href="(\/site\/[^"#?]+)"/.exec(html)?.[1]
}

function nameOf({ path, form }, language) {
  const fields = form ? ' ' + new URLSearchParams(form) : ''
  return `${language} ${path}${fields}`
}

// address is where a path is in a language.
export function address(path, language = 'en') {
  return site + (language === 'en' ? '' : `/${language.toLowerCase()}`) + path
}

// open shows a page in a browser, and fails where its status is not the one that it should have.
export async function open(tab, page) {
  const response = page.form ? await post(tab, page) : await tab.goto(address(page.path, page.language))
  assert.equal(response.status(), page.status, page.name)
  return response
}

// post sends a form as the page's own form does, without needing a script of the page.
async function post(tab, page) {
  await tab.goto(address('/', page.language))
  const [response] = await Promise.all([
    tab.waitForNavigation(),
    tab.evaluate(({ action, fields }) => {
      const form = document.createElement('form')
      form.method = 'post'
      form.action = action
      for (const [name, value] of Object.entries(fields)) {
        const input = document.createElement('input')
        input.type = 'hidden'
        input.name = name
        input.value = value
        form.append(input)
      }
      document.body.append(form)
      form.submit()
    }, { action: address(page.path, page.language), fields: page.form }),
  ])
  return response
}

// source is the HTML of a page as the server sends it.
export async function source(page) {
  const request = page.form ? { method: 'POST', body: new URLSearchParams(page.form) } : {}
  return (await fetch(address(page.path, page.language), request)).text()
}
