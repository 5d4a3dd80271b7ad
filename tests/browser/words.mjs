// The words of the site, as the tests need them.
import { readFileSync, readdirSync } from 'node:fs'

const folder = new URL('../../data/words/', import.meta.url)

const words = Object.fromEntries(readdirSync(folder)
  .map((file) => [file.replace(/\.json$/, ''), JSON.parse(readFileSync(new URL(file, folder), 'utf8'))])
  .filter(([, texts]) => texts['language.dir']))

export const tags = Object.keys(words)
export const rightToLeft = tags.filter((tag) => words[tag]['language.dir'] === 'rtl')

// say gives the text of a key with its gaps filled; n chooses the plural form.
export function say(tag, key, gaps = {}) {
  const text = words[tag][key]
  const form = typeof text === 'string' ? text : text[new Intl.PluralRules(tag).select(gaps.n)] ?? text.other
  return form.replace(/\{(\w+)\}/g, (_, gap) => number(tag, gaps[gap]))
}

// Four digits are written whole, as the site writes them.
const number = (tag, value) => typeof value === 'number' && value >= 10_000 ? String(value).replace(/\B(?=(\d{3})+$)/g, words[tag]['number.group']) : String(value)
