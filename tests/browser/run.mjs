// Builds the site, serves it on a free port, and runs node with the arguments given here and the
// address of the site in $SITE. Ends as that node ends.
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..')
const readyWithin = 30_000 // ms; a start takes one or two seconds, and the machine may be busy

function build(folder) {
  const binary = join(folder, 'carrypoint')
  const { status } = spawnSync('go', ['build', '-o', binary, './cmd/carrypoint'], { cwd: root, stdio: 'inherit' })
  if (status !== 0) throw new Error('the site does not build')
  return binary
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address()
  server.close()
  await once(server, 'close')
  return port
}

// serve starts the site in an empty folder: the binary needs nothing beside itself.
async function serve(binary, folder) {
  const address = `127.0.0.1:${await freePort()}`
  const server = spawn(binary, ['serve', '--addr', address], { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] })
  let said = ''
  server.stderr.on('data', (text) => { said = (said + text).slice(-4000) })
  for (const end = Date.now() + readyWithin; Date.now() < end; await sleep(100)) {
    if (server.exitCode !== null) break
    if (await ready(`http://${address}`)) return { server, site: `http://${address}` }
  }
  server.kill()
  throw new Error(`the site did not become ready. It said:\n${said}`)
}

async function ready(site) {
  try {
    return (await fetch(`${site}/readyz`)).ok
  } catch {
    return false
  }
}

async function main(args) {
  const folder = mkdtempSync(join(tmpdir(), 'carrypoint-'))
  let server
  try {
    const started = await serve(build(folder), folder)
    server = started.server
    const work = spawn(process.execPath, args, {
      cwd: dirname(fileURLToPath(import.meta.url)), stdio: 'inherit', env: { ...process.env, SITE: started.site },
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
