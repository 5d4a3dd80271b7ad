// Holds the pages that matter most to Lighthouse's marks on a slow phone. Builds the site, serves it, prints the marks,
// and fails where one is too low. Performance is the best of a few runs: a busy machine makes a page slow, never fast.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { launch } from 'chrome-launcher'
import lighthouse from 'lighthouse'
import { args, chromiumPath } from '../browser/chromium.mjs'
import { build, show } from '../browser/serve.mjs'

const pages = ['/', '/near/45402', '/site/us-oh-alder-machine', '/overdose']
const least = { accessibility: 100, 'best-practices': 100, performance: 98 }
const runs = 3

async function marksOf(url, port) {
  const { lhr } = await lighthouse(url, { port, output: 'json', logLevel: 'error', onlyCategories: Object.keys(least) })
  if (lhr.runtimeError) throw new Error(`${url}: ${lhr.runtimeError.message}`)
  const marks = Object.fromEntries(Object.entries(lhr.categories).map(([id, { score }]) => [id, Math.round(score * 100)]))
  const faults = Object.values(lhr.audits).filter(({ score, scoreDisplayMode }) => score !== null && score < 1 && scoreDisplayMode === 'binary').map(({ title }) => title)
  return { marks, faults }
}

const isGood = (marks) => Object.entries(least).every(([id, mark]) => marks[id] >= mark)

async function best(url, port) {
  let found
  for (let i = 0; i < runs && !(found && isGood(found.marks)); i++) {
    const next = await marksOf(url, port)
    if (!found || next.marks.performance > found.marks.performance) found = next
  }
  return found
}

async function main() {
  const folder = mkdtempSync(join(tmpdir(), 'carrypoint-lighthouse-'))
  let server, chrome
  try {
    const shown = await show(build(folder), folder)
    server = shown.server
    chrome = await launch({ chromePath: chromiumPath(), chromeFlags: args })
    let low = 0
    for (const page of pages) {
      const { marks, faults } = await best(shown.site + page, chrome.port)
      console.log(page, ...Object.entries(marks).map(([id, mark]) => `${id} ${mark}`), ...faults)
      if (!isGood(marks)) low++
    }
    if (low > 0) throw new Error(`${low} of ${pages.length} pages have a mark that is too low; the least are ${JSON.stringify(least)}`)
  } finally {
    chrome?.kill()
    server?.kill()
    rmSync(folder, { recursive: true, force: true })
  }
}

await main().catch((err) => {
  console.error(`lighthouse: ${err.message}`)
  process.exitCode = 1
})
