import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

const connected = async (port: number): Promise<Socket> => {
  const socket = connect(port, '127.0.0.1')
  await once(socket, 'connect')
  return socket
}

const PROGRAM = fileURLToPath(new URL('fixtures/slow-program.ts', import.meta.url))
const SOON = { timeout: 10_000, interval: 20 }

describe('a process', () => {
  let folder: string
  let child: ChildProcess | undefined
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'mercato-run-'))
  })
  afterEach(() => {
    child?.kill('SIGKILL')
    rmSync(folder, { recursive: true, force: true })
  })

  const launch = (...args: readonly string[]) => {
    const started = spawn(process.execPath, [PROGRAM, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
    child = started
    let output = ''
    for (const stream of [started.stdout, started.stderr]) stream.on('data', chunk => (output += chunk))
    const exited = new Promise<number | null>(resolve => started.once('exit', code => resolve(code)))
    const messages = () => [...output.matchAll(/"message":"([^"]+)"/g)].map(([, message]) => message)
    return { exited, output: () => output, messages, signal: (name: NodeJS.Signals) => started.kill(name) }
  }
  const needed = (): string => join(folder, 'needed')
  const ready = async (program: ReturnType<typeof launch>): Promise<string> => {
    await expect.poll(() => /"url":"([^"]+)"/.exec(program.output())?.[1], SOON).toBeTruthy()
    return /"url":"([^"]+)"/.exec(program.output())?.[1] ?? ''
  }

  it('tries again until what it needs is there', async () => {
    const program = launch(needed())
    await expect.poll(() => program.messages(), SOON).toContain('cannot start yet, trying again')
    writeFileSync(needed(), '')
    const url = await ready(program)
    expect(await (await fetch(url)).text()).toBe('answer')
    expect((await fetch(`${url}/health/live`)).status).toBe(200)
    expect(await (await fetch(`${url}/health/ready`)).json()).toEqual({ ready: true, waitsFor: null })
    expect(await (await fetch(`${url}/metrics`)).text()).toContain('process_cpu_seconds_total')
  })

  it('does not try again with settings that cannot be used', async () => {
    const program = launch('nonsense')
    expect(await program.exited).toBe(1)
    expect(program.output()).toBe('The configuration cannot be used: NEEDED is nonsense.\n')
  })

  it('ends at once, with success, when it is told to while it waits', async () => {
    const program = launch(needed())
    await expect.poll(() => program.messages(), SOON).toContain('opening')
    program.signal('SIGTERM')
    expect(await program.exited).toBe(0)
  })

  it('answers what it was asked before it ends, in order', async () => {
    writeFileSync(needed(), '')
    const program = launch(needed())
    const url = await ready(program)
    const answer = fetch(`${url}/slow`)
    await expect.poll(() => program.messages(), SOON).toContain('asked')
    program.signal('SIGTERM')
    expect(await (await answer).text()).toBe('answer')
    expect(await program.exited).toBe(0)
    expect(program.messages().slice(-4)).toEqual(['stopping', 'drained', 'closed', 'stopped'])
  })

  it('answers who was connected already when it stopped listening, and waits for nobody who asks nothing', async () => {
    writeFileSync(needed(), '')
    const program = launch(needed())
    const { port } = new URL(await ready(program))
    const [asking, silent] = await Promise.all([0, 1].map(() => connected(Number(port))))
    program.signal('SIGTERM')
    await expect.poll(() => program.messages(), SOON).toContain('drained')
    asking?.write('GET / HTTP/1.1\r\nhost: here\r\n\r\n')
    expect(await text(asking as Socket)).toMatch(/^HTTP\/1.1 200 OK.*connection: close.*answer/is)
    expect(await text(silent as Socket)).toBe('')
    expect(await program.exited).toBe(0)
  })

  it('goes on answering for a while after it was told to stop, but is not ready and keeps no connection', async () => {
    writeFileSync(needed(), '')
    const program = launch(needed(), '800')
    const url = await ready(program)
    program.signal('SIGTERM')
    await expect.poll(() => program.messages(), SOON).toContain('stopping')
    const answer = await fetch(url)
    expect([answer.status, answer.headers.get('connection')]).toEqual([200, 'close'])
    expect((await fetch(`${url}/health/ready`)).status).toBe(503)
    expect(await program.exited).toBe(0)
  })
})
