// What a sheet has to hold, read from its page, and whether a PDF holds it.
import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { about, catalogue, codes, coloured, inOrder, squeeze, squeezeLoosely, tagsOf, texts } from './paper.mjs'
import { rightToLeft, say } from './words.mjs'

export const papers = { letter: [612, 792], a4: [595, 842] } // points
const ofPages = ['list', 'large', 'days']
export const fixed = ['cards', 'zine', 'tearoff', 'poster']
export const formats = [...ofPages, ...fixed]
const fixedPages = { cards: 2, zine: 1, tearoff: 1, poster: 1 }
const codesOn = { cards: 10 }
const smallestCode = 20 // mm

// What must stand whole on one page, and in this order in the file.
const partsOf = {
  list: 'main > .em, h1, main > .row p, h2, .entry, .line, .keep > p, .qr p',
  cards: '.card .em, .card h2, .card .place > *, .side p, .card li, .card > .fine',
  zine: '.panel .em, .panel h2, .panel li, .small-entry, .panel .qr p, .panel .inner > .row p, .panel .fine',
  tearoff: '.em, h1, .small-entry, .qr p, .upper > .row p, .tabs li',
  poster: '.em, h1, h3, .once p, .row p, .qr p',
}
partsOf.large = partsOf.days = partsOf.list

// What has a size of its own, which nothing may reach over.
const boxes = '.card, .card .side, .card .places, .panel, .panel > .inner, .whole, .upper, .places, .tabs, .tabs li, .tabs li > div, .tens, section.zine'

// prefixOf is how the paths of a language begin.
const prefixOf = (lang) => (lang.startsWith('en') ? '' : `/${lang.split(',')[0].toLowerCase()}`)

// pathOf is where a sheet is, or its PDF.
export function pathOf({ area, format, paper, lang, more = '' }, suffix = '') {
  return `${prefixOf(lang)}/print${area}/${format}${suffix}?older=1&paper=${paper}&lang=${lang}${more}`
}

// read shows the page of a sheet as it would be printed, and gives what it holds.
export async function read(tab, url, format) {
  await tab.emulateMedia({ media: 'print' })
  const answer = await tab.goto(url)
  assert.equal(answer.status(), 200, url)
  return tab.evaluate(({ parts, boxes, fixed }) => {
    const over = (e) => e.scrollHeight > e.clientHeight + 1 || e.scrollWidth > e.clientWidth + 1
    const told = (e) => `${e.className || e.parentElement.className} ${e.scrollWidth} × ${e.scrollHeight} in ${e.clientWidth} × ${e.clientHeight}: ${e.innerText.slice(0, 80)}`
    const outside = (e) => {
      const frame = e.closest('.card, .panel, .tabs li, .upper, .whole').getBoundingClientRect()
      const box = e.getBoundingClientRect()
      return box.width > 0 && (box.top < frame.top - 1 || box.bottom > frame.bottom + 1 || box.left < frame.left - 1 || box.right > frame.right + 1)
    }
    const found = {
      title: document.title,
      short: document.querySelector('.short')?.textContent.trim() ?? '',
      codes: document.querySelectorAll('.qr svg, .side svg').length,
      overflow: fixed ? [
        ...[...document.querySelectorAll(boxes)].filter(over).map(told),
        ...[...document.querySelectorAll('.card *, .panel *, .tabs *, .upper *, .whole > *')].filter((e) => !e.closest('svg *') && !e.closest('.place > *') && outside(e)).map((e) => `outside: ${told(e)}`),
      ] : [],
      phones: [...document.querySelectorAll('.tel')].map((e) => e.textContent.trim()),
      entries: document.querySelectorAll('.entry').length,
      end: document.querySelector('.end .said')?.textContent ?? '',
    }
    document.querySelectorAll('svg').forEach((e) => e.remove()) // what is drawn has letters too
    // The style cuts what is wider than its line, with dots; the file then lacks the rest.
    const cut = [...document.querySelectorAll('*')].filter((e) => getComputedStyle(e).textOverflow === 'ellipsis' && e.scrollWidth > e.clientWidth)
    cut.forEach((e) => e.replaceChildren())
    found.parts = [...document.querySelectorAll(parts)].map((e) => ({ text: e.innerText, heading: e.matches('h2'), entry: e.matches('.entry'), code: e.matches('.qr p') })).filter((p) => p.text.trim() !== '')
    return found
  }, { parts: partsOf[format], boxes, fixed: fixed.includes(format) })
}

// save fetches the PDF of a sheet into a folder.
export async function save(site, sheet, folder) {
  let answer = await fetch(site + pathOf(sheet, '.pdf'))
  if (answer.status === 503) { // the machine has much to do: then the site asks to try again
    await sleep(1000 * Number(answer.headers.get('retry-after')))
    answer = await fetch(site + pathOf(sheet, '.pdf'))
  }
  assert.equal(answer.status, 200)
  assert.equal(answer.headers.get('content-type'), 'application/pdf')
  const file = join(folder, `${sheet.area}-${sheet.format}-${sheet.paper}-${sheet.lang}.pdf`.replaceAll('/', '-'))
  await writeFile(file, Buffer.from(await answer.arrayBuffer()))
  return file
}

// place finds the page of each part: whole, each after the one before. What is not there is an error that says
// what. What runs from right to left, or stands between such, is in the file as an eye meets it from the left: its
// part has all of its letters in one piece, but in another order.
export function place(parts, pages, fromRight = false) {
  const strictly = pages.map(squeeze)
  const loosely = pages.map(squeezeLoosely)
  let page = 0
  let from = { strictly: 0, loosely: 0 }
  return parts.map((part) => {
    const loose = fromRight || hasRightToLeft.test(part.text)
    const text = loose ? squeezeLoosely(part.text) : squeeze(part.text)
    for (let p = page; p < pages.length; p++) {
      if (p > page) from = { strictly: 0, loosely: 0 }
      const at = loose ? pieceOf(loosely[p], text, from.loosely) : strictly[p].indexOf(text, from.strictly)
      if (at < 0) continue
      page = p
      from[loose ? 'loosely' : 'strictly'] = at + text.length
      return { ...part, page }
    }
    assert.fail(`not whole on a page, in its order: ${part.text}`)
  })
}

const hasRightToLeft = /\p{Script=Arabic}|\p{Script=Hebrew}/u

// pieceOf is where a text has a piece of just these letters, or -1.
function pieceOf(text, letters, from) {
  const wanted = new Map()
  let different = 0 // letters of which the piece has too many or too few
  const count = (letter, n) => {
    const before = wanted.get(letter) ?? 0
    wanted.set(letter, before + n)
    different += (before === 0) - (before + n === 0)
  }
  for (let i = 0; i < letters.length; i++) count(letters[i], 1)
  for (let end = from; end < text.length; end++) {
    count(text[end], -1)
    if (end - from >= letters.length) count(text[end - letters.length], 1)
    if (different === 0 && end - from + 1 >= letters.length) return end - letters.length + 1
  }
  return letters.length === 0 ? from : -1
}

// stranded gives the headings that what they are for does not follow on the same page.
export const stranded = (placed) => placed.filter((part, i) => part.heading && part.page !== placed[i + 1]?.page).map((part) => part.text)

// ends are the first and the last letters of a part. A place that is higher than a page cannot stand on one. What
// runs from right to left has them in other places.
const ends = (part) => (hasRightToLeft.test(part.text) ? [] : part.text.length < 2 * end ? [part] : [{ ...part, text: part.text.slice(0, end) }, { ...part, text: part.text.slice(-end) }])
const end = 12

// checkText looks whether a PDF holds all that a page holds, in its order, with nothing split.
export async function checkText(file, page, { format, lang, tall }) {
  const [main] = lang.split(',')
  assert.ok(page.parts.length > 0, 'the page has no parts')
  const pages = await inOrder(file)
  const placed = place(tall ? page.parts.flatMap(ends) : page.parts, pages, lang.split(',').some((tag) => rightToLeft.includes(tag)))
  if (ofPages.includes(format) && !tall) assert.deepEqual(stranded(placed), [], 'headings alone')
  assert.deepEqual(pages.map((_, i) => i).filter((i) => !tall && !placed.some((part) => part.page === i)), [], 'pages without text of their own')
  if (ofPages.includes(format)) {
    pages.forEach((text, i) => place([{ text: say(main, 'sheet.page', { page: String(i + 1), pages: String(pages.length) }) }], [text]))
    assert.equal(page.end, say(main, 'sheet.end', { n: page.entries }))
  } else {
    assert.equal(pages.length, fixedPages[format])
  }
  await checkPhones(file, page.phones)
  return placed
}

// checkPhones looks whether each number stands in the text as it is dialled, as often as on the page.
async function checkPhones(file, phones) {
  for (const all of [await inOrder(file), await texts(file)]) {
    const text = all.join('\n').replace(/[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '').replace(/\s+/g, ' ')
    for (const phone of new Set(phones)) {
      const wanted = phones.filter((p) => p === phone).length
      assert.ok(text.split(phone).length - 1 >= wanted, `${phone} stands ${text.split(phone).length - 1} times in the text, not ${wanted}`)
    }
  }
}

// checkFile looks at what a file says of itself.
export async function checkFile(file, page, { format, paper, lang }) {
  const [info, tags, { language, outline }] = await Promise.all([about(file), tagsOf(file), catalogue(file)])
  const [width, height] = format === 'zine' ? [...papers[paper]].reverse() : papers[paper]
  const size = /^([\d.]+) x ([\d.]+) pts/.exec(info['Page size'])
  assert.ok(Math.abs(size[1] - width) < 1 && Math.abs(size[2] - height) < 1, `${info['Page size']} is not ${paper}`)
  assert.equal(info.Title, page.title)
  assert.equal(info.Tagged, 'yes')
  assert.equal(language, lang.split(',')[0])
  assert.ok(outline, 'there is no outline')
  if (ofPages.includes(format)) assert.equal(tags.H3 ?? 0, page.entries, 'places among the tags')
}

// checkCodes looks whether a scanner finds the address of the sheet in each code, and how large they are.
export async function checkCodes(file, page, sheet, placed, site) {
  const wanted = codesOn[sheet.format] ?? 1
  assert.equal(page.codes, wanted, 'codes on the page')
  const number = 1 + (placed.find((part) => part.code)?.page ?? 0)
  const { read, width } = await codes(file, number)
  assert.deepEqual(read, Array(wanted).fill(`http://${page.short}`))
  assert.ok(width >= smallestCode, `a code of ${width.toFixed(1)} mm`)
  const prefix = prefixOf(sheet.lang)
  if (sheet.format !== 'poster' || page.entries === 0) assert.equal(read[0], site + prefix + sheet.area)
  else assert.match(read[0].slice(site.length), new RegExp(`^${prefix}/site/[a-z0-9-]+$`))
}

// check looks at a sheet and its PDF in every way.
export async function check(browser, site, sheet, folder) {
  const tab = await browser.newPage({ javaScriptEnabled: false })
  try {
    const page = await read(tab, site + pathOf(sheet), sheet.format)
    assert.deepEqual(page.overflow, [], 'nothing may reach out of its box')
    const file = await save(site, sheet, folder)
    const placed = await checkText(file, page, sheet)
    await checkFile(file, page, sheet)
    if (page.codes > 0) await checkCodes(file, page, sheet, placed, site)
    assert.equal(await coloured(file), 0, 'coloured pixels')
    return { page, placed }
  } finally {
    await tab.close()
  }
}
