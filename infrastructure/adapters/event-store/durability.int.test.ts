import { type ChildProcess, spawn } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { startEmbeddedPostgres } from '@mercato/embedded/postgres'
import { type EventStore, Fault, NO_STREAM } from '@mercato/shared-kernel/application'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { migrate } from '../postgres/migrate.ts'
import { createPool } from '../postgres/pool.ts'
import { createPostgresEventStore } from './postgres.ts'
import { type Acknowledgement, durableEvents } from './testing/durable-events.ts'

const KILLS = process.env['GUARANTEES'] === 'long' ? 200 : 30
const CRASHES = 3
const AT_ONCE = 3
const STREAMS = 4

const script = fileURLToPath(new URL('./testing/append-forever.ts', import.meta.url))
let dataDir: string

beforeAll(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'mercato-durability-'))
  chmodSync(dataDir, 0o711)
})
afterAll(() => rmSync(dataDir, { recursive: true, force: true }))

/** A server that keeps its promises, unlike the one that tests share. */
const startServer = () =>
  startEmbeddedPostgres({ dataDir, databases: ['log'], log: () => undefined, settings: { max_connections: '60' } })

const openStore = async (url: string) => {
  const pool = createPool({ url, applicationName: 'durability-test', onError: () => undefined })
  await migrate(pool)
  const store = createPostgresEventStore({ pool, logger: console })
  return {
    pool,
    store,
    async [Symbol.asyncDispose]() {
      await store[Symbol.asyncDispose]()
      await pool.end()
    },
  }
}

interface Writer {
  readonly process: ChildProcess
  /** What it had acknowledged when it ended. */
  readonly acknowledged: Promise<readonly Acknowledgement[]>
  /** Settles when so many appends were acknowledged. */
  readonly reached: (count: number) => Promise<void>
}

const startWriter = (url: string, name: string): Writer => {
  const child = spawn(process.execPath, [script, url, name], {
    stdio: ['ignore', 'pipe', 'pipe'],
    // Most of a writer's short life is loading modules.
    env: { ...process.env, NODE_COMPILE_CACHE: join(dataDir, 'compiled') },
  })
  let output = ''
  let errors = ''
  let lines = 0
  const waiting = new Set<() => void>()
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors += text
  })
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text
    lines = output.split('\n').length - 1
    for (const check of [...waiting]) check()
  })
  const acknowledged = new Promise<readonly Acknowledgement[]>(resolve =>
    child.on('close', () => {
      // A line that was cut off was not read by anybody: it acknowledges nothing.
      resolve(
        output
          .split('\n')
          .slice(0, -1)
          .map((line): Acknowledgement => JSON.parse(line)),
      )
    }),
  )
  return {
    process: child,
    acknowledged,
    reached: count =>
      Promise.race([
        new Promise<void>(resolve => {
          const check = () => {
            if (lines < count) return
            waiting.delete(check)
            resolve()
          }
          waiting.add(check)
          check()
        }),
        acknowledged.then(all => {
          if (all.length < count) throw new Error(`the writer ended after ${all.length} appends: ${errors}`)
        }),
      ]),
  }
}

/** Every acknowledged id is at its place, nothing is half there, and the append that was cut off can be tried again. */
const expectDurable = async (
  store: EventStore,
  name: string,
  acknowledged: readonly Acknowledgement[],
): Promise<{ committedUnanswered: number }> => {
  let committedUnanswered = 0
  for (const stream of Array.from({ length: STREAMS }, (_, n) => `test.Durable-${name}-${n}`)) {
    const mine = acknowledged.filter(line => line.stream === stream)
    const before = await store.readStream(stream)
    for (const { revision, ids } of mine)
      expect(before.slice(revision + 1 - ids.length, revision + 1).map(event => event.id)).toEqual(ids)
    const last = mine.at(-1)?.revision ?? NO_STREAM
    const cutOff = durableEvents(stream, last)
    const { duplicate, revision } = await store.append(stream, last, cutOff)
    if (duplicate) committedUnanswered++
    const after = await store.readStream(stream)
    expect(revision).toBe(last + cutOff.length)
    expect(after.map(event => event.revision)).toEqual(after.map((_, index) => index))
    expect(new Set(after.map(event => event.id)).size).toBe(after.length)
    // One append at most was under way when the writer died.
    expect(after).toHaveLength(revision + 1)
  }
  return { committedUnanswered }
}

describe('an acknowledged append', () => {
  it(`is there after its writer was killed at a random moment, ${KILLS} times`, { timeout: 300_000 }, async () => {
    await using server = await startServer()
    await using opened = await openStore(server.url('log'))
    let next = 0
    let total = 0
    let unanswered = 0
    const killSome = async (): Promise<void> => {
      while (next < KILLS) {
        const name = `kill-${next++}`
        const writer = startWriter(server.url('log'), name)
        await writer.reached(1 + Math.floor(Math.random() * 40))
        writer.process.kill('SIGKILL')
        const acknowledged = await writer.acknowledged
        expect(writer.process.signalCode).toBe('SIGKILL')
        total += acknowledged.length
        unanswered += (await expectDurable(opened.store, name, acknowledged)).committedUnanswered
      }
    }
    await Promise.all(Array.from({ length: AT_ONCE }, killSome))
    expect(total).toBeGreaterThanOrEqual(KILLS)
    // Some died between the commit and its answer: that is the moment this is about.
    expect(unanswered).toBeGreaterThan(0)
  })

  it(`is there after the database server was killed, ${CRASHES} times`, { timeout: 120_000 }, async () => {
    for (let crash = 0; crash < CRASHES; crash++) {
      const name = `crash-${crash}`
      let acknowledged: readonly Acknowledgement[]
      {
        await using server = await startServer()
        await using opened = await openStore(server.url('log'))
        const writer = startWriter(server.url('log'), name)
        const { rows } = await opened.pool.query<{ pid: string }>(
          `select split_part(pg_read_file('postmaster.pid'), E'\\n', 1) as pid`,
        )
        await writer.reached(20 + Math.floor(Math.random() * 200))
        process.kill(Number(rows[0]?.pid), 'SIGKILL')
        await server.ended
        acknowledged = await writer.acknowledged
        const refused = opened.store.append('test.Durable-away', NO_STREAM, durableEvents('test.Durable-away', -1))
        await expect(refused).rejects.toBeInstanceOf(Fault)
        await expect(refused).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE', retryable: true })
      }
      await using server = await startServer()
      await using opened = await openStore(server.url('log'))
      expect(acknowledged.length).toBeGreaterThanOrEqual(20)
      await expectDurable(opened.store, name, acknowledged)
    }
  })
})
