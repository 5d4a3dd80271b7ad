// Prints pages with Firefox, spoken to by Marionette: lengths and JSON over TCP, the protocol below WebDriver.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

const readyWithin = 60_000 // ms; a first start with a fresh profile on a busy machine

export async function startFirefox() {
  const profile = mkdtempSync(join(tmpdir(), 'carrypoint-firefox-'))
  const port = await freePort()
  writeFileSync(join(profile, 'user.js'), `user_pref("marionette.port", ${port});\n`)
  const firefox = spawn('firefox-esr', ['--headless', '--no-remote', '--marionette', '--profile', profile], { stdio: 'ignore', env: { ...process.env, HOME: profile, MOZ_DISABLE_AUTO_SAFE_MODE: '1' } })
  const socket = await reach(port, firefox)
  const send = talk(socket)
  const { capabilities } = await send('WebDriver:NewSession', {})
  return {
    name: `Firefox ${capabilities.browserVersion}`,
    // print makes the PDF of a page as its own style has it: centimetres, as WebDriver counts.
    async print(url, file, { width, height, margin }) {
      await send('WebDriver:Navigate', { url })
      const { value } = await send('WebDriver:Print', { background: true, shrinkToFit: false, page: { width, height }, margin })
      writeFileSync(file, Buffer.from(value, 'base64'))
    },
    async close() {
      await send('Marionette:Quit', { flags: ['eForceQuit'] }).catch(() => {}) // it may be gone before it answers
      socket.destroy()
      if (firefox.exitCode === null) firefox.kill('SIGKILL')
      await sleep(500)
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address()
  server.close()
  return port
}

async function reach(port, firefox) {
  for (const end = Date.now() + readyWithin; Date.now() < end && firefox.exitCode === null; await sleep(200)) {
    const socket = connect(port, '127.0.0.1')
    const reached = await Promise.race([once(socket, 'connect').then(() => true), once(socket, 'error').then(() => false)]).catch(() => false)
    if (reached) return socket
  }
  firefox.kill('SIGKILL')
  throw new Error('Firefox did not start')
}

// talk gives a function that sends a command and waits for its answer.
function talk(socket) {
  const waiting = new Map()
  let bytes = Buffer.alloc(0)
  let number = 0
  socket.on('data', (more) => {
    bytes = Buffer.concat([bytes, more])
    for (;;) {
      const colon = bytes.indexOf(':')
      const end = colon + 1 + Number(bytes.subarray(0, Math.max(colon, 0)))
      if (colon < 0 || bytes.length < end) return
      answer(JSON.parse(bytes.subarray(colon + 1, end)))
      bytes = bytes.subarray(end)
    }
  })
  const answer = (message) => {
    if (!Array.isArray(message)) return // the greeting
    const [, id, error, result] = message
    const { resolve, reject } = waiting.get(id) ?? {}
    waiting.delete(id)
    if (error) reject?.(new Error(`Firefox: ${error.message}`))
    else resolve?.(result)
  }
  return (command, parameters) => new Promise((resolve, reject) => {
    waiting.set(++number, { resolve, reject })
    const text = JSON.stringify([0, number, command, parameters])
    socket.write(`${Buffer.byteLength(text)}:${text}`)
  })
}
