// Builds the site, serves it on a free port and every page with made-up data on another, and runs node with the
// arguments given here, the addresses in $SITE and $GALLERY and the binary in $CARRYPOINT. Ends as that node ends.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build, serve, show } from './serve.mjs'

async function main(args) {
  const folder = mkdtempSync(join(tmpdir(), 'carrypoint-'))
  const servers = []
  try {
    const binary = build(folder)
    const shipped = await serve(binary, folder)
    servers.push(shipped.server)
    const made = await show(binary, folder)
    servers.push(made.server)
    const work = spawn(process.execPath, args, {
      cwd: dirname(fileURLToPath(import.meta.url)), stdio: 'inherit', env: { ...process.env, SITE: shipped.site, GALLERY: made.site, CARRYPOINT: binary },
    })
    const [code] = await once(work, 'exit')
    return code ?? 1
  } finally {
    for (const server of servers) server.kill()
    rmSync(folder, { recursive: true, force: true })
  }
}

process.exitCode = await main(process.argv.slice(2)).catch((err) => {
  console.error(`run: ${err.message}`)
  return 1
})
