import { createMemoryPorts } from '@mercato/adapters/testing/memory-ports'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type ContextRuntime, createContextRuntime } from './context-runtime.ts'
import { type CounterEvent, commandBy, counterCodec, counterView } from './counter.fixture.ts'
import { type IntegrationEvent, SYSTEM_TOPIC } from './integration-event.ts'
import type { Viewer } from './request-context.ts'
import type { SystemEvent } from './system-events.ts'

const viewerWith = (...scopes: readonly string[]): Viewer => ({
  consumer: 'frontend',
  user: { id: 'operator', roles: [], scopes, sessionId: 's', emailVerified: true, authenticatedAt: 0 },
})
const operator = viewerWith('operations:admin')

let ports: ReturnType<typeof createMemoryPorts>
let runtime: ContextRuntime<CounterEvent>
let handled: string[]
let broken: Set<string>
let told: SystemEvent[]

beforeEach(async () => {
  ports = createMemoryPorts()
  handled = []
  broken = new Set()
  told = []
  const take = async ({ streamId, sequence }: IntegrationEvent) => {
    if (broken.has(streamId)) throw new Error(`${streamId} fails and says the name of a person`)
    handled.push(`${streamId}#${sequence}`)
  }
  runtime = createContextRuntime(
    {
      context: 'test',
      codec: counterCodec(ports.vault),
      views: [counterView],
      translate: () => undefined,
      react: async ({ event }) => {
        if (event.type === 'Counted' && broken.has('reactions')) throw new Error('no')
        handled.push(event.type)
      },
      policies: { other: { 'other.Happened': take } },
    },
    ports,
  )
  await ports.bus.subscribe({
    topic: SYSTEM_TOPIC,
    group: 'watch',
    from: 'earliest',
    handler: async ({ value }) => {
      told.push(value as SystemEvent)
    },
  })
  await runtime.connect()
  await runtime.start()
})
afterEach(async () => {
  await runtime[Symbol.asyncDispose]()
  await ports[Symbol.asyncDispose]()
})

const arrive = async (stream: string, sequence: number) => {
  const streamId = `other.Thing-${stream}`
  const id = `${stream}${sequence}`
  const value = { id, type: 'other.Happened', streamId, sequence, correlationId: 'c', data: { name: 'Ada' } }
  await ports.bus.publish('other.integration-events', [{ key: streamId, id, value, headers: {}, position: '' }])
}
const parked = (filter = {}) => runtime.operations.parked(filter, operator)
const untilParked = (count: number) => expect.poll(async () => (await parked()).length, { timeout: 5_000 }).toBe(count)
const replay = (input: { group: string; stream?: string }, viewer = operator) =>
  runtime.operations.replay(input, viewer, commandBy(ports.ids.next()))

describe('parked messages', () => {
  beforeEach(async () => {
    broken.add('other.Thing-a').add('other.Thing-b')
    await arrive('a', 0)
    await arrive('a', 1)
    await untilParked(2)
    await arrive('b', 0)
    await untilParked(3)
  })

  it('are listed with where they come from and why, never with what they say', async () => {
    const [first] = await parked({ first: 1 })
    expect(first).toEqual({
      id: 'a0',
      context: 'test',
      group: 'test.from-other',
      topic: 'other.integration-events',
      stream: 'other.Thing-a',
      type: 'other.Happened',
      cause: expect.not.stringContaining('person'),
      parkedAt: expect.any(String),
      correlation: 'c',
    })
    expect(JSON.stringify(await parked())).not.toContain('Ada')
    expect(await parked({ group: 'test.views' })).toEqual([])
    expect(await parked({ first: 0 })).toEqual([])
  })

  it('are handled again in order, and leave the list', async () => {
    broken.clear()
    expect((await replay({ group: 'test.from-other' })).extra).toEqual({ handled: 3, left: 0, failure: null })
    expect(handled).toEqual(['other.Thing-a#0', 'other.Thing-a#1', 'other.Thing-b#0'])
    expect(await parked()).toEqual([])
  })

  it('stay, from the first that fails again on, without holding up other streams', async () => {
    broken.delete('other.Thing-b')
    expect((await replay({ group: 'test.from-other' })).extra).toMatchObject({ handled: 1, left: 2 })
    expect((await parked()).map(({ id }) => id)).toEqual(['a0', 'a1'])
  })

  it('are replayed for one stream alone when asked so', async () => {
    broken.clear()
    await replay({ group: 'test.from-other', stream: 'other.Thing-b' })
    expect(handled).toEqual(['other.Thing-b#0'])
  })

  it('leave a record of who replayed what', async () => {
    broken.delete('other.Thing-b')
    const { streamId, revision } = await replay({ group: 'test.from-other' })
    const records = await ports.store.readStream(streamId)
    expect(revision).toBe(1)
    expect(records.map(({ type, actor, data }) => ({ type, actor, data }))).toMatchObject([
      { type: 'ReplayOrdered', actor: { id: 'somebody' }, data: { group: 'test.from-other' } },
      { type: 'MessagesReplayed', data: { messages: ['b0'], failed: [{ message: 'a0' }], left: 2 } },
    ])
  })

  it('are not replayed for a group that is not there', async () => {
    expect(await replay({ group: 'toString' })).toMatchObject({
      revision: -1,
      rejection: { code: 'OPERATIONS.UNKNOWN_GROUP', field: ['group'] },
    })
    expect((await ports.store.readLog('', 10)).events).toEqual([])
  })

  it('are nobody’s business without the scope', async () => {
    const others = viewerWith('orders:write:any')
    await expect(runtime.operations.parked({}, others)).rejects.toMatchObject({ code: 'FORBIDDEN' })
    await expect(replay({ group: 'test.views' }, others)).rejects.toMatchObject({ code: 'FORBIDDEN' })
    await expect(replay({ group: 'test.views' }, { consumer: 'x' })).rejects.toMatchObject({ code: 'UNAUTHENTICATED' })
    expect(await parked()).toHaveLength(3)
  })

  it.each([-1, 101, 1.5])('are not listed %s at a time', async first => {
    await expect(parked({ first })).rejects.toMatchObject({ code: 'BAD_USER_INPUT' })
  })
})

describe('a reaction that failed', () => {
  it('is run again', async () => {
    broken.add('reactions')
    const codec = counterCodec(ports.vault)
    const { now: _, ...causation } = commandBy(ports.ids.next())
    const envelope = { ...causation, id: ports.ids.next(), occurredAt: '2026-01-01T00:00:00.000Z' }
    const encoded = await codec.encode({ type: 'Counted', data: { by: 1 } }, envelope)
    await ports.store.append('test.Counter-a', -1, [encoded])
    await untilParked(1)
    broken.clear()
    expect((await replay({ group: 'test.reactions' })).extra).toMatchObject({ handled: 1, left: 0 })
    expect(handled).toEqual(['Counted'])
  })
})

describe('operators', () => {
  const types = () => told.map(({ type }) => type)
  it('are told that a service started, that a message was parked, and that it was replayed', async () => {
    await expect.poll(types).toEqual(['system.ServiceStarted'])
    broken.add('other.Thing-a')
    await arrive('a', 0)
    await untilParked(1)
    broken.clear()
    await replay({ group: 'test.from-other' })
    await expect.poll(types).toEqual(['system.ServiceStarted', 'system.MessageParked', 'system.MessagesReplayed'])
    expect(told[1]).toMatchObject({
      context: 'test',
      data: { group: 'test.from-other', stream: 'other.Thing-a', message: 'a0' },
    })
    expect(told[2]).toMatchObject({ data: { handled: 1, left: 0, by: 'somebody' } })
    expect(JSON.stringify(told)).not.toContain('Ada')
  })
})
