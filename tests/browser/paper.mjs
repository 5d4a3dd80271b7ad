// Reads PDF files with the tools of poppler and zbar.
import { execFile } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { promisify } from 'node:util'

const run = promisify(execFile)
const room = { maxBuffer: 512 << 20 }

// squeeze is a text without what differs between a page and its print: spaces, marks of direction, the
// signs that the style puts before supplies and between sources, and the shapes of letters.
export function squeeze(text) {
  return text.normalize('NFKC').replace(/[\s·\u00ad\u200b-\u200f\u202a-\u202e\u2066-\u2069✓✕?]/gu, '')
}

// squeezeLoosely keeps letters and digits alone: what stands between them, or above, has no fixed place
// where a text that runs from right to left is read from a file.
export function squeezeLoosely(text) {
  return text.normalize('NFKD').replace(/[^\p{L}\p{N}]/gu, '')
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

// catalogue looks into the file's own, which Chromium leaves readable.
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

// codes gives what a scanner reads from each code on a page of the file, and how wide the narrowest one is in
// millimetres. Each is held before the scanner alone.
export async function codes(file, page) {
  const picture = `${file}-${page}`
  await run('pdftoppm', ['-r', String(dpi), '-gray', '-f', String(page), '-l', String(page), '-singlefile', file, picture], room)
  const whole = grey(await readFile(`${picture}.pgm`))
  const found = squares(cornersOf(whole))
  const files = await Promise.all(found.map(async ({ x, y, width, module }, i) => {
    const name = `${picture}-${i}.pgm`
    const quiet = 4 * module
    await writeFile(name, cut(whole, x - quiet, y - quiet, width + 2 * quiet))
    return name
  }))
  const { stdout } = await run('zbarimg', ['-q', '--raw', '--nodbus', '-Sdisable', '-Sqrcode.enable', ...files], room)
  return { read: stdout.trim().split('\n'), width: millimetres(Math.min(...found.map((code) => code.width))) }
}

// header parts the first picture of a PNM file from what follows.
function header(bytes) {
  const [text, width, height] = /^P[56]\s+(\d+)\s+(\d+)\s+255\s/.exec(bytes.subarray(0, 40).toString('latin1'))
  return { start: text.length, width: Number(width), height: Number(height) }
}

function grey(bytes) {
  const { start, width, height } = header(bytes)
  return { bytes, start, width, height, dark: (x, y) => bytes[start + y * width + x] < 128 }
}

// cut is a square of a picture, as a picture.
function cut(picture, left, top, side) {
  const [x, y, width] = [left, top, side].map(Math.round)
  const rows = Array.from({ length: width }, (_, row) => {
    const from = picture.start + (y + row) * picture.width + x
    return picture.bytes.subarray(from, from + width)
  })
  return Buffer.concat([Buffer.from(`P5 ${width} ${width} 255\n`), ...rows])
}

// squares gives each code by the corner at its upper left, which has one beside it and one below at the same distance.
function squares(corners) {
  const near = (a, b, module) => Math.abs(a - b) < module
  return corners.flatMap(({ x, y, module }) => {
    const beside = corners.filter((c) => near(c.y, y, module) && c.x > x + module).sort((a, b) => a.x - b.x)[0]
    const below = corners.find((c) => near(c.x, x, module) && near(c.y - y, beside?.x - x, 2 * module))
    if (!beside || !below) return []
    const half = 3.5 * module
    return [{ x: x - half, y: y - half, width: beside.x - x + 2 * half, module }]
  })
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
const lookedAt = 30 // pages; those that follow are laid out in the same way

// coloured counts the pixels of the first pages that are not black, white or grey.
export async function coloured(file) {
  const { stdout } = await run('pdftoppm', ['-r', String(coarse), '-l', String(lookedAt), file], { ...room, encoding: 'buffer' })
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
