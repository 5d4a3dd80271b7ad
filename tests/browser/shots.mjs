// Writes a picture of every page in every look to dist/shots, for a person to look at.
import { mkdirSync, rmSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { start } from './chromium.mjs'
import { allPages, open } from './pages.mjs'

const folder = resolve(dirname(fileURLToPath(import.meta.url)), '../../dist/shots')
const fileName = (page) => page.name.replace(/[^\w]+/g, '-').replace(/-$/, '')

rmSync(folder, { recursive: true, force: true })
mkdirSync(folder, { recursive: true })
const browser = await start()
const tab = await browser.newPage()
for (const page of await allPages()) {
  await open(tab, page)
  for (const width of [360, 1280]) {
    for (const colorScheme of ['light', 'dark']) {
      await tab.setViewportSize({ width, height: 800 })
      await tab.emulateMedia({ colorScheme })
      await tab.screenshot({ path: join(folder, `${fileName(page)}.${width}.${colorScheme}.png`), fullPage: true })
    }
  }
}
await browser.close()
console.log(`pictures are in ${folder}`)
