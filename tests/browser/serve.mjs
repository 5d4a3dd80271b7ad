// Builds the site and serves it on a free port.
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { dirname, join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..')
const readyWithin = 30_000 // ms; a start takes one or two seconds, and the machine may be busy

export function build(folder) {
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

// serve starts the site in an empty folder: the binary needs nothing beside itself. More flags may follow.
export const serve = (binary, folder, ...flags) => up(binary, folder, 'serve', ...flags)

// show starts the site with every page and state, and with made-up data.
export const show = (binary, folder) => up(binary, folder, 'pages')

async function up(binary, folder, command, ...flags) {
  const address = `127.0.0.1:${await freePort()}`
  const server = spawn(binary, [command, '--addr', address, ...flags], { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] })
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
