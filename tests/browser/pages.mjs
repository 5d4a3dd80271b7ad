// The pages that every check looks at. Those with made-up data are listed in cmd/carrypoint/pages/pages.tsv: a new
// page is a line there. Beside them stand some with the data that ship, because real names are longer than made-up ones.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'

export const site = process.env.SITE
export const gallery = process.env.GALLERY
assert.ok(site && gallery, 'SITE or GALLERY is not set: start the tests by "make test-browser"')

// The languages are those that the site offers. In these every state of every page is looked at: the master, and
// one that runs from right to left. In the others one state of each kind of page.
export const languages = [...(await (await fetch(site + '/languages')).text()).matchAll(/hreflang="([^"]+)"/g)].map(([, tag]) => tag)
export const inAllStates = ['en', 'ar']

// Lists as plain text and the way out are no HTML: tests of their own look at them.
const noPages = ['Text', 'Way out']

const [, ...rows] = readFileSync(new URL('../../cmd/carrypoint/pages/pages.tsv', import.meta.url), 'utf8').trim().split('\n')
const exhibits = rows.map((row) => row.split('\t')).filter(([group]) => !noPages.includes(group)).map(([group, name, kind, status, path, form, only]) => ({
  origin: gallery, title: name, kind, only, sheet: group === 'Sheets', path, status: Number(status), form: form ? Object.fromEntries(new URLSearchParams(form)) : undefined,
}))

// Shipped data, in the languages that most of those who read it speak. The pages of sites are found by the first
// site that each list has.
const shippedIn = ['en', 'es']
const shipped = ['/', '/near/94103', '/near/60612', '/near/99901', '/near/V6A', '/us', '/us/il', '/us/mt', '/us/il/chicago', '/us/il/cook-county', '/ca', '/lines', '/law/us', '/law/us/tx', '/print/us/il', '/about']
const lists = ['/near/94103', '/near/60612', '/near/99901', '/near/V6A', '/us/mt']

// allPages gives every page but printed sheets, which have a size of their own.
export async function allPages() {
  return (await everything()).filter((page) => !page.sheet)
}

// everything gives the sheets too.
export async function everything() {
  const sites = (await Promise.all(lists.map(firstSite))).filter(Boolean)
  assert.ok(sites.length > 0, 'no list has a link to a site')
  const real = [...shipped, ...new Set(sites)].map((path) => ({ origin: site, title: path, path, status: 200 }))
  return languages.flatMap((language) => [
    ...exhibits.filter(({ kind, only }) => only ? only === language : kind || inAllStates.includes(language)),
    ...real.filter(() => shippedIn.includes(language)),
  ].map((page) => ({ ...page, language, name: `${language}: ${page.title}` })))
}

// kinds gives one state of each kind of page, in some languages.
export async function kinds(...tags) {
  return (await allPages()).filter(({ kind, language }) => kind && tags.includes(language))
}

async function firstSite(list) {
  const html = await (await fetch(site + list)).text()
  return /href="(\/site\/[^"#?]+)"/.exec(html)?.[1]
}

// address is where a path is in a language.
export function address(path, language = 'en', origin = site) {
  return origin + (language === 'en' ? '' : `/${language.toLowerCase()}`) + path
}

// open shows a page in a browser, and fails where its status is not the one that it should have.
export async function open(tab, page) {
  const response = page.form ? await post(tab, page) : await tab.goto(address(page.path, page.language, page.origin))
  assert.equal(response.status(), page.status, page.name)
  return response
}

// settled waits until a phone has added to a page what it adds: which list it keeps is asked before it offers to keep one.
export function settled(tab) {
  return tab.waitForFunction(() => !document.querySelector('form .act') || document.querySelector('output button'))
}

// post sends a form as the page's own form does, without needing a script of the page.
async function post(tab, page) {
  await tab.goto(address('/', page.language, page.origin))
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
    }, { action: address(page.path, page.language, page.origin), fields: page.form }),
  ])
  return response
}

// source is the HTML of a page as the server sends it.
export async function source(page) {
  const request = page.form ? { method: 'POST', body: new URLSearchParams(page.form) } : {}
  return (await fetch(address(page.path, page.language, page.origin), request)).text()
}
