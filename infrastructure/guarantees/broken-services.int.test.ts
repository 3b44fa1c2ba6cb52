import { migrate } from '@mercato/adapters/postgres/migrate'
import { createPool } from '@mercato/adapters/postgres/pool'
import { noMetrics } from '@mercato/adapters/testing/quiet'
import { createMemoryViewStore } from '@mercato/adapters/view-store/memory'
import { testPostgres } from '@mercato/embedded/testing'
import { type KafkaServer, startKafka } from '@mercato/native/kafka'
import { type RedisServer, startRedis } from '@mercato/native/redis'
import { describeAdapters, serviceFolder } from '@mercato/native/testing'
import {
  contentsOf,
  createProjector,
  domainTopic,
  LOG_START,
  NO_STREAM,
  OPERATIONS_SCOPE,
  type RecordedEvent,
} from '@mercato/shared-kernel/application'
import { Redis } from 'ioredis'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createLivedTime } from './testing-lived-time.ts'
import { type Item, itemStream, itemsView, movesOf } from './testing-moves.ts'
import { openRealContext, type RealContextOptions } from './testing-real-context.ts'

const long = process.env['GUARANTEES'] === 'long'
const DOWN_MS = long ? 60_000 : 4_000
const COMMANDS_PER_SECOND = 100
const pause = (ms: number) => new Promise<void>(resolve => setTimeout(resolve, ms))
const eventually = { timeout: 60_000, interval: 20 }

await describeAdapters(['kafka', 'redis'], () => {
  let kafka: KafkaServer
  let redis: RedisServer
  let run = 0
  let place: Pick<RealContextOptions, 'context' | 'databaseUrl' | 'prefix'>
  beforeAll(async () => {
    ;[kafka, redis] = await Promise.all([startKafka({ dir: serviceFolder() }), startRedis({ dir: serviceFolder() })])
  })
  afterAll(async () => {
    await Promise.all([kafka?.[Symbol.asyncDispose](), redis?.[Symbol.asyncDispose]()])
  })

  // A context of its own for each test: log, topics and views.
  beforeEach(async () => {
    const context = `test${++run}`
    const databaseUrl = await (await testPostgres()).createDatabase()
    const pool = createPool({ url: databaseUrl, applicationName: 'prepare', onError: console.error })
    await migrate(pool)
    await pool.end()
    place = { context, databaseUrl, prefix: context }
  })
  const open = (over: Partial<RealContextOptions> = {}) =>
    openRealContext({ ...place, brokers: kafka.brokers, redisUrl: redis.url, ...over })
  type Context = Awaited<ReturnType<typeof open>>
  const start = async (context: Context): Promise<void> => {
    await context.runtime.connect()
    await context.runtime.start()
  }
  /** What the log folds to, in a store of its own. */
  const foldOfLog = async ({ store, codec }: Context) => {
    await using memory = createMemoryViewStore()
    await createProjector({ views: [itemsView], store: memory, log: store, codec }).catchUp()
    return contentsOf(memory, 'items@1')
  }

  describe('when Kafka is down', () => {
    it(`for ${DOWN_MS / 1_000} s at ${COMMANDS_PER_SECOND} commands a second, commands go on, the lag shows, and the backlog drains in order`, {
      timeout: 300_000,
    }, async () => {
      let lag = 0
      let highest = 0
      const gauge = (name: string, value: number) => {
        if (name !== 'mercato_relay_lag_seconds') return
        lag = value
        highest = Math.max(highest, value)
      }
      await using context = await open({
        metrics: { ...noMetrics, gauge },
        bus: { publishTimeoutMs: 1_000 },
      })
      await start(context)
      const seen = new Map<string, number[]>()
      await context.bus.subscribe({
        ...{ topic: domainTopic(place.context), group: 'order-of-arrival', from: 'earliest' },
        handler: async ({ value }) => {
          const { streamId, revision } = value as RecordedEvent
          const revisions = seen.get(streamId) ?? []
          if (!revisions.includes(revision)) revisions.push(revision)
          seen.set(streamId, revisions)
        },
      })
      const streams = Array.from({ length: 40 }, (_, n) => itemStream(`down-${n}`))
      const heads = new Map<string, number>(streams.map(stream => [stream, NO_STREAM]))
      const slow: number[] = []
      let commands = 0
      const command = async (n: number): Promise<void> => {
        const stream = streams[n % streams.length] ?? ''
        const at = heads.get(stream) ?? NO_STREAM
        heads.set(stream, at + 1)
        const started = performance.now()
        await context.store.append(stream, at, movesOf(stream, at + 1, 1, new Date().toISOString()))
        slow.push(performance.now() - started)
        commands++
      }
      /** A worker for each stream's next command, at the pace of all together. */
      const until = performance.now() + 1_000 + DOWN_MS
      const load = Promise.all(
        streams.map(async (_, place) => {
          for (let n = place; performance.now() < until; n += streams.length) {
            await command(n)
            await pause((streams.length * 1_000) / COMMANDS_PER_SECOND)
          }
        }),
      )
      await pause(500)
      const before = commands
      await kafka.kill()
      const downAt = performance.now()
      await pause(DOWN_MS)
      const during = commands - before
      await kafka.restart()
      const down = performance.now() - downAt
      await load
      const expected = [...heads.values()].reduce((sum, head) => sum + head + 1, 0)
      const arrived = () => [...seen.values()].reduce((sum, all) => sum + all.length, 0)
      await expect.poll(arrived, eventually).toBe(expected)
      for (const [stream, revisions] of seen) expect(revisions, stream).toEqual(revisions.map((_, index) => index))
      expect(during).toBeGreaterThan((DOWN_MS / 1_000) * COMMANDS_PER_SECOND * 0.5)
      expect(Math.max(...slow)).toBeLessThan(10_000)
      expect(highest).toBeGreaterThan(DOWN_MS / 1_000 / 2)
      await expect.poll(() => lag, eventually).toBe(0)
      await expect
        .poll(async () => (await contentsOf(context.views, 'items@1')).hash, eventually)
        .toBe((await foldOfLog(context)).hash)
      console.log(
        `Kafka away for ${(down / 1_000).toFixed(1)} s: ${during} commands meanwhile, highest lag ${highest.toFixed(1)} s`,
      )
    })
  })

  describe('a projector', () => {
    it('ignores what comes twice or late, reads what is missing from the log, and parks what nobody can read with its reason, while others go on', async () => {
      await using context = await open()
      await context.runtime.connect()
      const [twice, gap, future, fine] = ['twice', 'gap', 'future', 'fine'].map(name => itemStream(`case-15-${name}`))
      if (!twice || !gap || !future || !fine) throw new Error('no streams')
      const publish = (...events: RecordedEvent[]) =>
        context.bus.publish(
          domainTopic(place.context),
          events.map(({ streamId: key, id, position, ...rest }) => ({
            ...{ key, id, position, headers: {} },
            value: { ...rest, streamId: key, id, position },
          })),
        )
      for (const stream of [twice, gap, future, fine])
        await context.store.append(stream, NO_STREAM, movesOf(stream, 0, 3))
      const [unreadable] = movesOf(future, 3, 1)
      if (!unreadable) throw new Error('no event')
      await context.store.append(future, 2, [{ ...unreadable, schemaVersion: 9 }, ...movesOf(future, 4, 1)])
      const of = (stream: string) => context.store.readStream(stream)
      const [a, b, c] = await of(twice)
      const last = (await of(gap)).at(-1)
      if (!a || !b || !c || !last) throw new Error('no events')
      await publish(b, a, b, a, c, a)
      await publish(last)
      await publish(...(await of(future)), ...(await of(fine)))
      const moves = async (stream: string) =>
        ((await context.views.getMany('items@1', [stream]))[0]?.doc as { moves: number } | undefined)?.moves
      for (const stream of [twice, gap, future, fine]) await expect.poll(() => moves(stream), eventually).toBe(3)
      await expect
        .poll(async () => (await context.parked.list({ limit: 9 })).map(({ id }) => id), eventually)
        .toEqual([unreadable.id, movesOf(future, 4, 1)[0]?.id])
      for (const { group, cause } of await context.parked.list({ limit: 9 }))
        expect([group, cause]).toEqual([
          `${place.context}.views`,
          'UNDECODABLE_EVENT: Moved version 9 is unknown in test',
        ])
      expect(await moves(future)).toBe(3)
      for (const { group, id } of await context.parked.list({ limit: 9 })) await context.parked.remove(group, id)
      await context.store.append(fine, 2, movesOf(fine, 3, 1))
    })

    it('tries a poison message three times, parks it with its cause, lets its partition go on within 5 s, and takes it again when asked', async () => {
      let broken = true
      let tries = 0
      const poison = itemStream('case-16-poison')
      await using context = await open({
        bus: { partitions: 1 },
        definition: {
          views: [
            {
              ...itemsView,
              evolve(item, envelope, key) {
                if (envelope.streamId === poison && broken) {
                  tries++
                  throw new TypeError('a fold that does not know places')
                }
                return itemsView.evolve(item as Item | undefined, envelope, key)
              },
            },
          ],
        },
      })
      await start(context)
      const fine = Array.from({ length: 20 }, (_, n) => itemStream(`case-16-${n}`))
      const started = performance.now()
      await context.store.append(poison, NO_STREAM, movesOf(poison, 0, 1))
      for (const stream of fine) await context.store.append(stream, NO_STREAM, movesOf(stream, 0, 1))
      const applied = async (...streams: string[]) =>
        (await context.views.appliedRevisions('items@1', streams)).filter(revision => revision === 0).length
      await expect.poll(() => applied(...fine), eventually).toBe(fine.length)
      expect(performance.now() - started).toBeLessThan(5_000)
      await expect.poll(async () => (await context.parked.list({ limit: 9 })).length, eventually).toBe(1)
      const [parked] = await context.parked.list({ limit: 9 })
      expect(parked).toMatchObject({
        group: `${place.context}.views`,
        key: poison,
        cause: 'TypeError: the log says more about it',
      })
      // Three by the consumer; the sweep that holds views against the log may have come by, with a page and then one by one.
      expect(tries).toBeGreaterThanOrEqual(3)
      expect(tries).toBeLessThanOrEqual(5)

      broken = false
      const scopes = [OPERATIONS_SCOPE]
      const user = { id: 'ann', roles: [], scopes, sessionId: 's', emailVerified: true, authenticatedAt: 0 }
      await context.runtime.operations.replay(
        { group: `${place.context}.views` },
        { consumer: 'test', user },
        {
          ...{ actor: { kind: 'user', id: 'ann' }, commandId: 'replay-1', correlationId: 'replay' },
          now: new Date(),
        },
      )
      expect(await applied(poison)).toBe(1)
      expect(await context.parked.list({ limit: 9 })).toEqual([])
    })
  })

  describe('when Redis', () => {
    it('is flushed or down, reads give a coded error within a second and nothing wrong; then the view comes back as it was', async () => {
      await using context = await open()
      const streams = Array.from({ length: 300 }, (_, n) => itemStream(`case-17-${n}`))
      for (const stream of streams) await context.store.append(stream, NO_STREAM, movesOf(stream, 0, 2))
      await start(context)
      const before = await contentsOf(context.views, 'items@1')
      expect(before.documents).toBeGreaterThanOrEqual(streams.length)
      const admin = new Redis(redis.url)
      await admin.flushall()
      admin.disconnect()

      using time = createLivedTime()
      /** Either the truth or a coded error, within a second. */
      const read = async (stream: string): Promise<'right' | 'refused'> => {
        const passed = time.measure()
        try {
          expect(await context.reader.get(stream, {})).toMatchObject({ moves: 2 })
          return 'right'
        } catch (error) {
          expect(error).toMatchObject({ code: 'SERVICE_UNAVAILABLE' })
          return 'refused'
        } finally {
          expect(passed()).toBeLessThan(1_000)
        }
      }
      const answers = await Promise.all(streams.map(read))
      expect(answers).toContain('refused')
      const whole = () => expect.poll(() => read(streams.at(-1) ?? ''), eventually).toBe('right')
      await whole()
      expect(await Promise.all(streams.map(read))).toEqual(streams.map(() => 'right'))
      expect(await contentsOf(context.views, 'items@1')).toEqual(before)

      await redis.kill()
      expect(await Promise.all(streams.slice(0, 50).map(read))).toEqual(Array.from({ length: 50 }, () => 'refused'))
      const [stream = ''] = streams
      await context.store.append(stream, 1, movesOf(stream, 2, 1))
      await redis.restart()
      await expect
        .poll(() => context.reader.get(stream, {}).catch(() => undefined), eventually)
        .toMatchObject({ moves: 3 })
      expect(await contentsOf(context.views, 'items@1')).toEqual(await foldOfLog(context))
    })
  })

  it(`every message delivered one to five times, in any order, across rebalances: the view is the fold of the log`, {
    timeout: 300_000,
  }, async () => {
    const REBALANCES = 20
    await using context = await open()
    await using other = await open()
    const streams = Array.from({ length: long ? 400 : 60 }, (_, n) => itemStream(`g5-${n}`))
    for (const stream of streams) await context.store.append(stream, NO_STREAM, movesOf(stream, 0, 8))
    await expect
      .poll(async () => (await context.store.backlog(await context.store.head())) === undefined, eventually)
      .toBe(true)
    const events: RecordedEvent[] = []
    for (let position = LOG_START, atEnd = false; !atEnd; ) {
      const page = await context.store.readLog(position, 1_000)
      events.push(...page.events.filter(({ streamId }) => streams.includes(streamId)))
      ;({ next: position, atEnd } = page)
    }
    const deliveries = events
      .flatMap(event => Array.from({ length: 1 + Math.floor(Math.random() * 5) }, () => event))
      .map(event => ({ event, at: Math.random() }))
      .toSorted((x, y) => x.at - y.at)
      .map(({ event }) => event)
    const topic = `${place.context}.shuffled`
    let delivered = 0
    const join = ({ bus, runtime }: Context) =>
      bus.subscribe({
        ...{ topic, group: 'views', from: 'earliest' },
        async handler({ value }) {
          await runtime.projector.apply(value as RecordedEvent)
          delivered++
        },
      })
    const members = [await join(context)]
    const batch = Math.ceil(deliveries.length / REBALANCES)
    for (let change = 0; change < REBALANCES; change++) {
      const part = deliveries.slice(change * batch, (change + 1) * batch)
      const publishing = context.bus.publish(
        topic,
        part.map(event => ({
          key: event.streamId,
          id: event.id,
          position: event.position,
          headers: {},
          value: event,
        })),
      )
      if (members.length < 3 && change % 3 < 2) members.push(await join(change % 2 === 0 ? context : other))
      else await members.shift()?.[Symbol.asyncDispose]()
      await publishing
    }
    await expect.poll(() => delivered, eventually).toBeGreaterThanOrEqual(deliveries.length)
    await using memory = createMemoryViewStore()
    const fold = createProjector({ views: [itemsView], store: memory, log: context.store, codec: context.codec })
    for (const event of events) await fold.apply(event)
    expect(await contentsOf(context.views, 'items@1')).toEqual(await contentsOf(memory, 'items@1'))
    console.log(`${events.length} events, ${delivered} deliveries, ${REBALANCES} rebalances`)
  })
})
