import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { freePort } from '@mercato/adapters/http-server/free-port'
import { afterAll, describe, expect, it, vi } from 'vitest'
import { accepts, ownsPort } from './port.ts'
import { findProgram } from './programs.ts'
import { startServiceProcess } from './service-process.ts'

const folder = mkdtempSync(join(tmpdir(), 'mercato-process-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const logFile = join(folder, 'log')
const node = (code: string) =>
  startServiceProcess({ name: 'server', command: process.execPath, args: ['-e', code], logFile })
const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

describe('a service process', () => {
  it.each(['SIGKILL', 'SIGTERM'] as const)('dies with the process that started it, also by %s', async signal => {
    const program = fileURLToPath(new URL('fixtures/run-server.ts', import.meta.url))
    const parent = spawn(process.execPath, [program, logFile], { stdio: ['ignore', 'pipe', 'inherit'] })
    const [printed] = await once(parent.stdout, 'data')
    const pid = Number(String(printed))
    expect(isAlive(pid)).toBe(true)
    parent.kill(signal)
    await vi.waitFor(() => expect(isAlive(pid)).toBe(false), { timeout: 5_000 })
  })

  it('is listening when it, and no other, has the port', async () => {
    const port = await freePort()
    await using server = {
      ...node(`require('http').createServer().listen(${port}, '127.0.0.1')`),
      [Symbol.asyncDispose]: () => server.end('SIGKILL'),
    }
    await server.listening(port, 10_000)
    expect([await accepts(port), ownsPort(process.pid, port)]).toEqual([true, false])
  })

  it('is refused a port that another process has', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await once(other, 'listening')
    const { port } = other.address() as AddressInfo
    expect(ownsPort(process.pid, port)).toBe(true)
    const server = node('setInterval(() => undefined, 1000)')
    await expect(server.listening(port, 10_000)).rejects.toThrow('another process listens there')
    await server.end('SIGKILL')
    await server.end('SIGKILL')
    other.close()
  })

  it('says what it printed last when it ends before it is ready', async () => {
    const server = node("console.error('no room on the disk'); process.exit(3)")
    await expect(server.listening(await freePort(), 10_000)).rejects.toThrow(/exited with 3.*no room on the disk/s)
  })

  it('says so when the program is not there', async () => {
    const server = startServiceProcess({ name: 'server', command: join(folder, 'nothing'), args: [], logFile })
    await expect(server.listening(await freePort(), 10_000)).rejects.toThrow('ENOENT')
    await server.end('SIGTERM')
  })
})

describe('a program', () => {
  it('is found on PATH when it can be executed', () => {
    writeFileSync(join(folder, 'tool'), '#!/bin/sh\n', { mode: 0o755 })
    writeFileSync(join(folder, 'text'), '', { mode: 0o644 })
    const path = `/nowhere:${folder}`
    expect(findProgram('tool', path)).toBe(join(folder, 'tool'))
    expect(findProgram('text', path)).toBeUndefined()
    expect(findProgram('tool', '')).toBeUndefined()
  })
})
