import { testPostgres } from '@mercato/embedded/testing'
import { type EncodedEvent, LOG_START, NO_STREAM, type RecordedEvent } from '@mercato/shared-kernel/application'
import type { Pool } from 'pg'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { migrate } from '../postgres/migrate.ts'
import { createPool } from '../postgres/pool.ts'
import { appendEvents } from './postgres/append.ts'
import { createPostgresEventStore } from './postgres.ts'
import { storable } from './storable.ts'

const WRITERS = 32
const TRANSACTIONS = process.env['GUARANTEES'] === 'long' ? 300 : 60
/** A late transaction commits after this many others have, or when too few are left to wait for. */
const OVERTAKEN_BY = 20

let pool: Pool
beforeAll(async () => {
  const url = await (await testPostgres()).createDatabase()
  pool = createPool({ url, applicationName: 'late-commits-test', max: WRITERS + 4, onError: console.error })
  await migrate(pool)
})
afterAll(() => pool.end())

const event = (id: string): EncodedEvent => ({
  id,
  type: 'Written',
  schemaVersion: 1,
  context: 'test',
  occurredAt: '2030-01-01T00:00:00.000Z',
  actor: { kind: 'system', id: 'writer' },
  commandId: id,
  correlationId: id,
  data: {},
})

/** Writers whose transactions stay open while others commit; 1 in 20 rolls back, 3 in 10 commit late. */
const write = async (): Promise<{ done: Promise<string[]>; finished: () => boolean }> => {
  const committed: string[] = []
  const waiting = new Set<() => void>()
  let commits = 0
  let writing = 0
  const overtaken = (): Promise<void> =>
    new Promise(resolve => {
      const until = commits + OVERTAKEN_BY
      const check = () => {
        // When every writer holds its transaction open, the first of them goes on.
        if (commits < until && waiting.size < writing) return
        waiting.delete(check)
        resolve()
      }
      waiting.add(check)
      check()
    })

  const writer = async (number: number): Promise<void> => {
    const client = await pool.connect()
    writing++
    let revision = NO_STREAM
    for (let n = 0; n < TRANSACTIONS; n++) {
      const stream = `test.Late-${number}`
      const ids = Array.from({ length: 1 + (n % 3) }, (_, index) => `${stream}/${n}/${index}`)
      await client.query('begin')
      await appendEvents(client, stream, revision, storable(stream, revision, ids.map(event)))
      const dice = (number * 7 + n * 13) % 20
      if (dice === 0) {
        await client.query('rollback')
        continue
      }
      if (dice <= 6) await overtaken()
      await client.query('commit')
      commits++
      revision += ids.length
      committed.push(...ids)
      for (const check of [...waiting]) check()
    }
    writing--
    for (const check of [...waiting]) check()
    client.release()
  }

  let finished = false
  const done = Promise.all(Array.from({ length: WRITERS }, (_, number) => writer(number))).then(() => {
    finished = true
    return committed
  })
  return { done, finished: () => finished }
}

/** Reads on and on, from before the first event until it has come to the end after the last commit. */
const follow = async <Event>(
  finished: () => boolean,
  read: (after: string) => Promise<{ events: readonly Event[]; next: string }>,
): Promise<Event[]> => {
  const seen: Event[] = []
  for (let position = LOG_START; ; ) {
    const last = finished()
    const page = await read(position)
    seen.push(...page.events)
    position = page.next
    if (last && page.events.length === 0) return seen
  }
}

/** The obvious reader, which takes a position for a place in the order of commits. */
const readNaively = async (after: string) => {
  const { rows } = await pool.query<{ id: string; position: string }>(
    'select e.id, e.position from events e where e.position > $1 order by e.position limit 50',
    [after === LOG_START ? 0 : after],
  )
  return { events: rows, next: rows.at(-1)?.position ?? after }
}

/** A transaction with an id, as every one that writes has; ended with its connection when the test fails. */
const openTransaction = async () => {
  const client = await pool.connect()
  await client.query('begin')
  await client.query('select pg_current_xact_id()')
  return {
    commit: () => client.query('commit'),
    [Symbol.asyncDispose]: async () => client.release(true),
  }
}

const missing = (committed: readonly string[], seen: readonly string[]): string[] => {
  const known = new Set(seen)
  return committed.filter(id => !known.has(id))
}

describe('a reader that follows the log while transactions commit late', () => {
  it(`misses nothing and repeats nothing in ${WRITERS} × ${TRANSACTIONS} transactions; a naive one does miss events`, async () => {
    await using store = createPostgresEventStore({ pool, logger: console })
    const { done, finished } = await write()
    const [committed, seen, naive] = await Promise.all([
      done,
      follow<RecordedEvent>(finished, after => store.readLog(after, 50)),
      follow(finished, readNaively),
    ])
    // Another database of this server may hold back the last ones for a moment.
    await vi.waitFor(async () => {
      const page = await store.readLog(seen.at(-1)?.position ?? LOG_START, 50)
      seen.push(...page.events)
      expect(seen.length).toBeGreaterThanOrEqual(committed.length)
    })

    const ids = seen.map(({ id }) => id)
    expect(missing(committed, ids)).toEqual([])
    expect(ids).toHaveLength(new Set(ids).size)
    expect(ids).toHaveLength(committed.length)
    const last = new Map<string, number>()
    for (const { streamId, revision } of seen) {
      expect(revision).toBe((last.get(streamId) ?? NO_STREAM) + 1)
      last.set(streamId, revision)
    }

    const missed = missing(
      committed,
      naive.map(({ id }) => id),
    )
    expect(missed.length, 'events that a reader by position alone loses under this load').toBeGreaterThan(0)
  })

  it('waits for an open transaction, and is told to look again when it is over', async () => {
    await using store = createPostgresEventStore({ pool, pollMs: 600_000, logger: console })
    const start = await store.head()
    const seen: string[] = []
    let reads = 0
    store.onAppend(async () => {
      const page = await store.readLog(start, 10)
      seen.splice(0, seen.length, ...page.events.map(({ id }) => id))
      reads++
    })
    await using open = await openTransaction()
    await store.append('test.Behind-1', NO_STREAM, [event('behind-1')])
    expect(await store.readStream('test.Behind-1')).toHaveLength(1)
    // It looks more than once, although nothing else is appended and nobody polls.
    await vi.waitFor(() => expect(reads).toBeGreaterThanOrEqual(3))
    expect(seen).toEqual([])
    expect(await store.head()).toBe(start)
    await open.commit()
    await vi.waitFor(() => expect(seen).toEqual(['behind-1']), { timeout: 5_000 })
  })
})
