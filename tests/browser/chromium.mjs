// Where Chromium is and how it is started. Run by itself, this file says where, or fails.
import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import { pathToFileURL } from 'node:url'

const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome']

export function chromiumPath() {
  const folders = ['/usr/bin', ...(process.env.PATH ?? '').split(delimiter)]
  const candidates = process.env.CHROMIUM
    ? [process.env.CHROMIUM]
    : folders.flatMap((folder) => names.map((name) => join(folder, name)))
  return candidates.find(runs)
}

function runs(path) {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

// The browser reaches this machine and nothing else, so that a page that asks another host fails here rather than there.
export const args = [
  '--headless=new',
  '--no-sandbox', // continuous integration runs as root; the pages are our own
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
]

// start gives a browser with a fresh profile.
export async function start() {
  const { chromium } = await import('playwright-core')
  return chromium.launch({ executablePath: chromiumPath(), args })
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  console.log(chromiumPath() ?? '')
  process.exitCode = chromiumPath() ? 0 : 1
}
