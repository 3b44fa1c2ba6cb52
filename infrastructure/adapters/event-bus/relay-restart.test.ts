import {
  createEventCodec,
  domainTopic,
  integrationTopic,
  NO_STREAM,
  startRelay,
} from '@mercato/shared-kernel/application'
import { expect, it, vi } from 'vitest'
import { createMemoryCheckpoints } from '../checkpoints/memory.ts'
import { createSystemClock } from '../clock/system.ts'
import { createMemoryEventStore, createMemoryLog } from '../event-store/memory.ts'
import { createMemoryKeyVault } from '../key-vault/memory.ts'
import { createRecordingLogger, noMetrics } from '../testing/quiet.ts'
import { createInProcessBus } from './in-process.ts'

type Counted = { readonly type: 'Counted'; readonly data: { readonly n: number } }

const codec = createEventCodec<Counted>('test', { Counted: { version: 1 } }, createMemoryKeyVault())
const log = createMemoryLog()
const checkpoints = createMemoryCheckpoints()
let counted = 0

/** One life of a process: what it hears on either topic, and how much of the log its relay publishes. */
const openProcess = async (life: number) => {
  const logger = createRecordingLogger()
  const store = createMemoryEventStore({ log })
  const bus = createInProcessBus({ checkpoints, logger })
  const heard = { domain: [] as number[], integration: [] as number[] }
  const published = vi.fn()
  await bus.subscribe({
    topic: domainTopic('test'),
    group: 'projection',
    from: 'earliest',
    handler: async ({ position }) => void heard.domain.push(Number(position)),
  })
  await bus.subscribe({
    topic: integrationTopic('test'),
    group: 'policy',
    from: 'earliest',
    handler: async ({ position }) => void heard.integration.push(Number(position)),
  })
  const relay = startRelay({
    context: 'test',
    holder: `life-${life}`,
    store: {
      ...store,
      readLog: (after, limit) => store.readLog(after, limit).then(page => published(page.events.length) ?? page),
    },
    bus,
    checkpoints,
    codec,
    // One event in ten is public.
    translate: ({ event }) =>
      event.data.n % 10 === 0 ? { type: 'test.Tenth', version: 1, data: { n: event.data.n } } : undefined,
    clock: createSystemClock(),
    logger,
    metrics: noMetrics,
  })
  return {
    heard,
    bus,
    /** Events that the relay has read, again and again counted. */
    read: () => published.mock.calls.reduce((sum, [count]) => sum + Number(count), 0),
    async count(times: number) {
      for (let i = 0; i < times; i++) {
        const n = counted++
        const causation = {
          id: `event-${n}`,
          occurredAt: '2030-01-01T00:00:00.000Z',
          actor: { kind: 'system' as const, id: 'test' },
          commandId: `command-${n}`,
          correlationId: `command-${n}`,
        }
        await store.append(`test.Counter-${n}`, NO_STREAM, [
          await codec.encode({ type: 'Counted', data: { n } }, causation),
        ])
      }
    },
    async [Symbol.asyncDispose]() {
      await relay[Symbol.asyncDispose]()
      await bus[Symbol.asyncDispose]()
      await store[Symbol.asyncDispose]()
    },
  }
}

it('a process that starts again goes on with relay and groups where they stopped, and reads nothing of the log twice', async () => {
  for (let life = 0; life < 3; life++) {
    await using running = await openProcess(life)
    await running.count(95)
    await vi.waitFor(() => expect(running.heard.domain).toHaveLength(95))
    const tenths = Array.from({ length: 95 }, (_, index) => life * 95 + index).filter(n => n % 10 === 0)
    await vi.waitFor(() => expect(running.heard.integration).toHaveLength(tenths.length))
    expect(running.heard.domain.toSorted((a, b) => a - b)).toEqual(
      Array.from({ length: 95 }, (_, index) => life * 95 + index + 1),
    )
    expect(running.heard.integration.toSorted((a, b) => a - b)).toEqual(tenths.map(n => n + 1))
    expect(running.read()).toBe(95)
  }
})

it('a group that comes after the relay has started gets what was published before, and the others nothing twice', async () => {
  await using running = await openProcess(4)
  const { heard, bus } = running
  const before = counted
  await running.count(50)
  await vi.waitFor(() => expect(heard.domain).toHaveLength(50))
  const late: number[] = []
  await bus.subscribe({
    topic: domainTopic('test'),
    group: 'late',
    from: 'earliest',
    handler: async ({ position }) => void late.push(Number(position)),
  })
  await running.count(50)
  await vi.waitFor(() => expect(late).toHaveLength(before + 100))
  await vi.waitFor(() => expect(heard.domain).toHaveLength(100))
  expect(late.toSorted((a, b) => a - b)).toEqual(Array.from({ length: before + 100 }, (_, index) => index + 1))
  expect(heard.integration).toHaveLength(new Set(heard.integration).size)
})
