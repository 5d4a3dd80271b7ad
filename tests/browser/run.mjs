// Builds the site, serves it on a free port, and runs node with the arguments given here, the address
// of the site in $SITE and the binary in $CARRYPOINT. Ends as that node ends.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build, serve } from './serve.mjs'

async function main(args) {
  const folder = mkdtempSync(join(tmpdir(), 'carrypoint-'))
  let server
  try {
    const binary = build(folder)
    const started = await serve(binary, folder)
    server = started.server
    const work = spawn(process.execPath, args, {
      cwd: dirname(fileURLToPath(import.meta.url)), stdio: 'inherit', env: { ...process.env, SITE: started.site, CARRYPOINT: binary },
    })
    const [code] = await once(work, 'exit')
    return code ?? 1
  } finally {
    server?.kill()
    rmSync(folder, { recursive: true, force: true })
  }
}

process.exitCode = await main(process.argv.slice(2)).catch((err) => {
  console.error(`run: ${err.message}`)
  return 1
})
