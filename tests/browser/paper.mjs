// Reads PDF files with the tools of poppler and zbar.
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'

const run = promisify(execFile)
const room = { maxBuffer: 512 << 20 }

// squeeze is a text without what differs between a page and its print: spaces, marks of direction, the
// signs that the style puts before supplies, and the shapes of letters.
export function squeeze(text) {
  return text.normalize('NFKC').replace(/[\s·\u00ad\u200b-\u200f\u202a-\u202e\u2066-\u2069✓✕?]/gu, '')
}

// about gives what pdfinfo says of a file, by name.
export async function about(file) {
  const { stdout } = await run('pdfinfo', [file], room)
  return Object.fromEntries(stdout.split('\n').filter(Boolean).map((line) => line.split(/:\s+(.*)/s).slice(0, 2)))
}

// tagsOf counts the tags of the file's structure: H1, H3, Figure and so on.
export async function tagsOf(file) {
  const { stdout } = await run('pdfinfo', ['-struct', file], room)
  const counts = {}
  for (const [, tag] of stdout.matchAll(/^ *(\w+)/gm)) counts[tag] = (counts[tag] ?? 0) + 1
  return counts
}

// languageOf and hasOutline look into the catalogue, which Chromium leaves readable.
export async function catalogue(file) {
  const bytes = (await readFile(file)).toString('latin1')
  const dictionary = /\/Type \/Catalog[^]*?endobj/.exec(bytes)?.[0] ?? ''
  return { language: /\/Lang \(([^)]*)\)/.exec(dictionary)?.[1], outline: /\/Outlines \d+ 0 R/.test(dictionary) }
}

// texts gives the text of each page, in the order in which it stands in the file or, for an eye, as it is laid out.
export async function texts(file, ...flags) {
  const { stdout } = await run('pdftotext', ['-enc', 'UTF-8', ...flags, file, '-'], room)
  return stdout.split('\f').slice(0, -1)
}

export const inOrder = (file) => texts(file, '-raw')

const dpi = 150
export const millimetres = (pixels) => pixels / dpi * 25.4

// codes gives what a scanner reads on a page of the file, and how wide the narrowest code is in millimetres.
export async function codes(file, page) {
  const picture = `${file}-${page}`
  await run('pdftoppm', ['-r', String(dpi), '-gray', '-f', String(page), '-l', String(page), '-singlefile', file, picture], room)
  const { stdout } = await run('zbarimg', ['-q', '--raw', '--nodbus', '-Sdisable', '-Sqrcode.enable', `${picture}.pgm`], room)
  return { read: stdout.trim().split('\n'), width: millimetres(narrowest(grey(await readFile(`${picture}.pgm`)))) }
}

// header parts the first picture of a PNM file from what follows.
function header(bytes) {
  const [text, width, height] = /^P[56]\s+(\d+)\s+(\d+)\s+255\s/.exec(bytes.subarray(0, 40).toString('latin1'))
  return { start: text.length, width: Number(width), height: Number(height) }
}

function grey(bytes) {
  const { start, width, height } = header(bytes)
  return { width, height, dark: (x, y) => bytes[start + y * width + x] < 128 }
}

// narrowest is the width of the narrowest code, in pixels. Each has three corners whose middles lie as far
// apart as the code is wide, less seven modules.
function narrowest(picture) {
  const corners = cornersOf(picture)
  assert.ok(corners.length >= 3 && corners.length % 3 === 0, `${corners.length} corners of codes`)
  const widths = corners.map((a) => {
    const near = Math.min(...corners.filter((b) => b !== a).map((b) => Math.hypot(a.x - b.x, a.y - b.y)))
    return near + 7 * a.module
  })
  return Math.min(...widths)
}

// A corner is seven modules wide: a dark frame, a light one, and a dark middle of three.
const isDark = (column, row) => Math.max(Math.abs(column), Math.abs(row)) !== 2
const modules = [-3, -2, -1, 0, 1, 2, 3]

// cornersOf finds the corners of codes: dark and light in the ratio 1:1:3:1:1, along and across, and all of their modules.
function cornersOf({ width, height, dark }) {
  const corners = []
  for (let y = 0; y < height; y++) {
    for (const { middle, module } of patterns(width, (x) => dark(x, y))) {
      const known = corners.find((c) => Math.hypot(c.x - middle, c.y - y) < 4 * module)
      if (known) continue
      const x = Math.round(middle)
      const from = Math.max(0, Math.round(y - 6 * module))
      const across = patterns(Math.round(13 * module), (i) => from + i < height && dark(x, from + i))
      const here = across.find((p) => Math.abs(from + p.middle - y) < 2 * module && Math.abs(p.module - module) < module / 2)
      const corner = here && { x: middle, y: from + here.middle, module }
      if (corner && modules.every((row) => modules.every((column) => isDark(column, row) === dark(Math.floor(corner.x + column * module), Math.floor(corner.y + row * module))))) {
        corners.push(corner)
      }
    }
  }
  return corners
}

function patterns(length, dark) {
  const runs = []
  for (let at = 0, start = 0; at <= length; at++) {
    if (at === length || dark(at) !== dark(start)) {
      runs.push({ start, length: at - start, dark: dark(start) })
      start = at
    }
  }
  const found = []
  for (let i = 0; i + 4 < runs.length; i++) {
    const five = runs.slice(i, i + 5)
    const module = five.reduce((sum, r) => sum + r.length, 0) / 7
    const fits = five.every((r, k) => Math.abs(r.length - module * (k === 2 ? 3 : 1)) <= module * 0.5 + 0.5)
    if (five[0].dark && module >= 2 && fits) found.push({ middle: five[0].start + module * 3.5, module })
  }
  return found
}

const coarse = 40 // dpi: a coloured line is seen in the mean of its pixels too

// coloured counts the pixels of all pages that are not black, white or grey.
export async function coloured(file) {
  const { stdout } = await run('pdftoppm', ['-r', String(coarse), file], { ...room, encoding: 'buffer' })
  let count = 0
  for (let rest = stdout; rest.length > 0;) {
    const { start, width, height } = header(rest)
    const end = start + 3 * width * height
    for (let i = start; i < end; i += 3) {
      if (rest[i] !== rest[i + 1] || rest[i] !== rest[i + 2]) count++
    }
    rest = rest.subarray(end)
  }
  return count
}
