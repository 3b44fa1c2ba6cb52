import { randomUUID } from 'node:crypto'
import { createMemoryCheckpoints } from '@mercato/adapters/checkpoints/memory'
import { createSystemClock } from '@mercato/adapters/clock/system'
import { createInProcessBus } from '@mercato/adapters/event-bus/in-process'
import { createPostgresEventStore } from '@mercato/adapters/event-store/postgres'
import { createMemoryKeyVault } from '@mercato/adapters/key-vault/memory'
import { createPool } from '@mercato/adapters/postgres/pool'
import { testDatabase } from '@mercato/adapters/postgres/test-database'
import { createMemoryPorts } from '@mercato/adapters/testing/memory-ports'
import { createRedisViewStore } from '@mercato/adapters/view-store/redis'
import { describeAdapter, testRedis } from '@mercato/native/testing'
import {
  contentsOf,
  createContextRuntime,
  createViewReader,
  type EventStore,
  NO_STREAM,
} from '@mercato/shared-kernel/application'
import { expect, it } from 'vitest'
import { itemStream, itemsView, movesCodec, movesOf } from './testing-moves.ts'

const long = process.env['GUARANTEES'] === 'long'
const STREAMS = long ? 10_000 : 1_000
const PER_STREAM = 10
const READS_PER_SECOND = 200
const WRITES_PER_SECOND = 50

await describeAdapter('redis', () => {
  const database = testDatabase()

  const writeLog = async (store: EventStore): Promise<void> => {
    let next = 0
    const writer = async (): Promise<void> => {
      for (let n = next++; n < STREAMS; n = next++)
        await store.append(itemStream(n), NO_STREAM, movesOf(itemStream(n), 0, PER_STREAM))
    }
    await Promise.all(Array.from({ length: 8 }, writer))
  }

  /** An instance of the context: its own store and connections, the shared log, bus and Redis. */
  const openInstance = async (
    shared: Pick<ReturnType<typeof createMemoryPorts>, 'bus' | 'checkpoints'>,
    prefix: string,
  ) => {
    await using opening = new AsyncDisposableStack()
    const ports = createMemoryPorts()
    const pool = createPool({ url: database.url(), applicationName: 'rebuild-test', onError: console.error })
    opening.defer(() => pool.end())
    const store = opening.use(createPostgresEventStore({ pool, listenUrl: database.url(), logger: ports.logger }))
    const views = opening.use(createRedisViewStore({ url: await testRedis(), prefix, logger: ports.logger }))
    const codec = movesCodec(createMemoryKeyVault())
    const runtime = opening.use(
      createContextRuntime(
        { context: 'test', codec, views: [itemsView], translate: () => undefined },
        { ...ports, ...shared, store, views, clock: createSystemClock(), holder: randomUUID() },
      ),
    )
    const reader = createViewReader({ view: itemsView, store: views, projector: runtime.projector, waitMs: 5_000 })
    const opened = opening.move()
    return { store, views, runtime, reader, [Symbol.asyncDispose]: () => opened.disposeAsync() }
  }

  it(`a view of ${STREAMS * PER_STREAM} events is rebuilt, switched and rolled back under reads and writes without a wrong or missing read`, {
    timeout: 300_000,
  }, async () => {
    const prefix = `test-${randomUUID()}`
    const { logger } = createMemoryPorts()
    await using checkpoints = createMemoryCheckpoints()
    await using bus = createInProcessBus({ checkpoints, logger })
    await using one = await openInstance({ bus, checkpoints }, prefix)
    await writeLog(one.store)
    await one.runtime.connect()
    await one.runtime.start()
    await using two = await openInstance({ bus, checkpoints }, prefix)
    await two.runtime.connect()
    await using tool = await openInstance({ bus, checkpoints }, prefix)

    const stop = new AbortController()
    const wrong: string[] = []
    const revisions = new Map<number, number>()
    const counted = { reads: 0, writes: 0 }
    /** Calls at a pace, however long a call takes. */
    const pace = async (perSecond: number, call: (n: number) => Promise<void>): Promise<void> => {
      const calls: Promise<void>[] = []
      const started = performance.now()
      for (let n = 0; !stop.signal.aborted; ) {
        for (const due = ((performance.now() - started) / 1_000) * perSecond; n < due; n++) calls.push(call(n))
        await new Promise(resolve => setTimeout(resolve, 5))
      }
      await Promise.all(calls)
    }
    const read = async (n: number): Promise<void> => {
      const { reader } = n % 2 === 0 ? one : two
      const item = (n * 7_919) % STREAMS
      const revision = revisions.get(item) ?? PER_STREAM - 1
      try {
        if (n % 4 < 3) {
          const found = await reader.get(itemStream(item), { [itemStream(item)]: revision })
          if (!found || found.moves < revision + 1) wrong.push(`${item}: ${found?.moves} moves of ${revision + 1}`)
        } else {
          const after = await reader.count('all')
          const page = await reader.list({ index: 'all', limit: 20 }, {})
          if (after !== STREAMS || page.items.length !== 20)
            wrong.push(`${after} items, ${page.items.length} in a page`)
        }
      } catch (error) {
        wrong.push(String(error))
      }
      counted.reads++
    }
    const write = async (n: number): Promise<void> => {
      // Each item is written once at a time: a writer of its own for every hundredth.
      const item = (n * 100 + Math.floor(n / (STREAMS / 100))) % STREAMS
      const at = revisions.get(item) ?? PER_STREAM - 1
      const stream = itemStream(item)
      try {
        const { revision } = await one.store.append(stream, at, movesOf(stream, at + 1, 1))
        revisions.set(item, revision)
        counted.writes++
      } catch (error) {
        if (!(error instanceof Error && error.name === 'RevisionConflict')) wrong.push(String(error))
      }
    }
    const traffic = Promise.all([pace(READS_PER_SECOND, read), pace(WRITES_PER_SECOND, write)])

    const progress: number[] = []
    const rebuilt = await tool.runtime.rebuilding.rebuild('items', { onProgress: events => progress.push(events) })
    expect(rebuilt.comparison.different).toEqual([])
    expect(rebuilt.switched).toBe(true)
    expect(rebuilt.events).toBeGreaterThanOrEqual(STREAMS * PER_STREAM)
    expect(progress.length).toBeGreaterThan((STREAMS * PER_STREAM) / 500)
    const readSince = async (): Promise<void> => {
      const until = counted.reads + READS_PER_SECOND
      await expect.poll(() => counted.reads, { timeout: 30_000 }).toBeGreaterThan(until)
    }
    await expect.poll(() => one.runtime.projector.live('items'), { timeout: 10_000 }).toBe(rebuilt.build)
    await readSince()
    expect(await tool.runtime.rebuilding.rollBack('items')).toBe('items@1')
    await expect.poll(() => two.runtime.projector.live('items'), { timeout: 10_000 }).toBe('items@1')
    await readSince()
    stop.abort()
    await traffic

    expect(wrong).toEqual([])
    expect(counted.writes).toBeGreaterThan(20)
    // At rest both builds hold the same.
    await one.runtime.catchUp()
    const [before, after] = await Promise.all(['items@1', rebuilt.build].map(build => contentsOf(one.views, build)))
    expect(after).toEqual(before)
    expect(before?.documents).toBe(STREAMS)
    expect(await tool.runtime.rebuilding.forget('items')).toBe(true)
    expect((await contentsOf(one.views, rebuilt.build)).documents).toBe(0)
    console.log(
      `${rebuilt.events} events in ${rebuilt.seconds.toFixed(1)} s, ${Math.round(rebuilt.events / rebuilt.seconds)}/s, under ${counted.reads} reads and ${counted.writes} writes`,
    )
  })

  it('a live build that differs from the log is found out and kept, unless the new one is accepted', async () => {
    const { logger } = createMemoryPorts()
    await using checkpoints = createMemoryCheckpoints()
    await using bus = createInProcessBus({ checkpoints, logger })
    await using one = await openInstance({ bus, checkpoints }, `test-${randomUUID()}`)
    const stream = `test.Item-${randomUUID()}`
    await one.store.append(stream, NO_STREAM, movesOf(stream, 0, 3))
    await one.runtime.connect()
    const [item] = await one.views.getMany('items@1', [stream])
    await one.views.apply({
      ...{ view: 'items@1', streamId: 'a broken hand', revision: 0 },
      writes: [{ key: stream, doc: { moves: 99, place: 'nowhere' }, indexes: {}, basedOn: item?.version ?? 0 }],
    })

    const refused = await one.runtime.rebuilding.rebuild('items')
    expect(refused).toMatchObject({ switched: false, comparison: { different: [stream] } })
    expect(one.runtime.projector.live('items')).toBe('items@1')
    expect((await contentsOf(one.views, refused.build)).documents).toBe(0)
    await expect(one.runtime.rebuilding.rollBack('items')).rejects.toMatchObject({ code: 'NOT_FOUND' })

    const accepted = await one.runtime.rebuilding.rebuild('items', { accept: true })
    expect(accepted.switched).toBe(true)
    expect(await one.reader.get(stream, {})).toEqual({ moves: 3, place: 'place-2' })
    await expect(one.runtime.rebuilding.rebuild('nothing')).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })
})
