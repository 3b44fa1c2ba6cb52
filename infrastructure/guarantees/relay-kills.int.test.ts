import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { createKafkaBus } from '@mercato/adapters/event-bus/kafka'
import { createPostgresEventStore } from '@mercato/adapters/event-store/postgres'
import { appendEvents } from '@mercato/adapters/event-store/postgres/append'
import { storable } from '@mercato/adapters/event-store/storable'
import { createPool } from '@mercato/adapters/postgres/pool'
import { testDatabase } from '@mercato/adapters/postgres/test-database'
import { createRecordingLogger } from '@mercato/adapters/testing/quiet'
import { startKafka } from '@mercato/native/kafka'
import { describeAdapter, serviceFolder } from '@mercato/native/testing'
import {
  domainTopic,
  type IntegrationEvent,
  integrationTopic,
  LOG_START,
  NO_STREAM,
  type RecordedEvent,
} from '@mercato/shared-kernel/application'
import { expect, it } from 'vitest'
import { itemStream, movesOf } from './testing-moves.ts'

const long = process.env['GUARANTEES'] === 'long'
const WRITERS = 32
const TRANSACTIONS = long ? 300 : 20
/** In the short form a relay is killed whenever so many more events came out: that happens on a quick machine, too. */
const KILL_EVERY_EVENTS = 200
const KILLS = 4
const KILL_EVERY_MS = 2_000
const OFTEN = long ? `every ${KILL_EVERY_MS} ms` : `every ${KILL_EVERY_EVENTS} events`
/** How long a late transaction stays open while others commit. */
const LATE_MS = long ? 200 : 60

const pause = (ms: number) => new Promise<void>(resolve => setTimeout(resolve, ms))
const PROGRAM = fileURLToPath(new URL('./fixtures/relay-process.ts', import.meta.url))

await describeAdapter('kafka', () => {
  const database = testDatabase()

  /** Transactions that stay open: one in twenty rolls back, three in ten commit late. Gives the ids that were committed. */
  const write = async (): Promise<readonly string[]> => {
    const pool = createPool({ url: database.url(), applicationName: 'writers', max: WRITERS, onError: console.error })
    const committed: string[] = []
    const writer = async (number: number): Promise<void> => {
      const stream = itemStream(number)
      let revision = NO_STREAM
      for (let n = 0; n < TRANSACTIONS; n++) {
        const client = await pool.connect()
        const events = movesOf(stream, revision + 1, 1 + (n % 3))
        await client.query('begin')
        await appendEvents(client, stream, revision, storable(stream, revision, events))
        const dice = (number * 7 + n * 13) % 20
        if (dice > 0 && dice <= 6) await pause(LATE_MS)
        await client.query(dice === 0 ? 'rollback' : 'commit')
        client.release()
        if (dice === 0) continue
        revision += events.length
        committed.push(...events.map(({ id }) => id))
      }
    }
    await Promise.all(Array.from({ length: WRITERS }, (_, number) => writer(number)))
    await pool.end()
    return committed
  }

  /** Two relays that want to be the one: whichever is asked is killed and started anew. */
  const startRelays = (brokers: readonly string[]) => {
    let stopped = false
    let kills = 0
    const start = (holder: string): ChildProcess =>
      spawn(process.execPath, [PROGRAM, database.url(), brokers.join(), holder], {
        stdio: ['ignore', 'ignore', 'inherit'],
      })
    const relays = [start('one'), start('two')]
    const kill = async (place: number): Promise<void> => {
      const relay = relays[place]
      if (!relay) return
      relay.kill('SIGKILL')
      if (relay.exitCode === null && relay.signalCode === null) await once(relay, 'exit')
      kills++
      if (!stopped) relays[place] = start(`restart-${kills}`)
    }
    return {
      kills: () => kills,
      async killOne() {
        await kill(kills % 2)
      },
      async [Symbol.asyncDispose]() {
        stopped = true
        await Promise.all([kill(0), kill(1)])
      },
    }
  }

  it(`no event is lost between log and Kafka: ${WRITERS} writers × ${TRANSACTIONS} transactions, a relay killed ${OFTEN}`, {
    timeout: 600_000,
  }, async () => {
    await using kafka = await startKafka({ dir: serviceFolder() })
    const logger = createRecordingLogger()
    await using bus = createKafkaBus({ brokers: kafka.brokers, clientId: 'reader', logger, partitions: 4 })
    const domain = new Map<string, number[]>()
    const integration = new Map<string, number[]>()
    const heard = { domain: 0 }
    /** Keeps what comes first of each stream, in the order in which it came. */
    const note = (seen: Map<string, number[]>, stream: string, place: number): void => {
      const places = seen.get(stream) ?? []
      if (!places.includes(place)) places.push(place)
      seen.set(stream, places)
    }
    await bus.subscribe({
      ...{ topic: domainTopic('test'), group: 'all', from: 'earliest' },
      handler: async ({ value }) => {
        const { streamId, revision } = value as RecordedEvent
        heard.domain++
        note(domain, streamId, revision)
      },
    })
    await bus.subscribe({
      ...{ topic: integrationTopic('test'), group: 'all', from: 'earliest' },
      handler: async ({ value }) => {
        const { streamId, sequence } = value as IntegrationEvent
        note(integration, streamId, sequence)
      },
    })

    await using relays = startRelays(kafka.brokers)
    const written = write()
    let writing = true
    void written.finally(() => {
      writing = false
    })
    while (long ? writing : relays.kills() < KILLS) {
      if (long) await pause(KILL_EVERY_MS)
      else
        await expect
          .poll(() => heard.domain, { timeout: 60_000 })
          .toBeGreaterThanOrEqual((relays.kills() + 1) * KILL_EVERY_EVENTS)
      await relays.killOne()
    }
    const committed = await written
    await using store = createPostgresEventStore({ pool: database.pool(), logger })
    const log: RecordedEvent[] = []
    await expect
      .poll(
        async () => {
          const page = await store.readLog(log.at(-1)?.position ?? LOG_START, 5_000)
          log.push(...page.events)
          return log.length
        },
        { timeout: 60_000 },
      )
      .toBe(committed.length)
    const count = (seen: Map<string, number[]>) => [...seen.values()].reduce((sum, places) => sum + places.length, 0)
    await expect.poll(() => count(domain), { timeout: 60_000 }).toBe(committed.length)
    await expect.poll(() => count(integration), { timeout: 60_000 }).toBe(committed.length)

    // Nothing that was rolled back, each stream in order and without a gap, on both topics.
    expect(new Set(log.map(({ id }) => id))).toEqual(new Set(committed))
    for (const seen of [domain, integration])
      for (const [stream, places] of seen) expect(places, stream).toEqual(places.map((_, index) => index))
    expect(relays.kills()).toBeGreaterThanOrEqual(KILLS)
    console.log(
      `${committed.length} events, ${relays.kills()} kills: lost 0, published again ${heard.domain - committed.length}`,
    )
  })
})
