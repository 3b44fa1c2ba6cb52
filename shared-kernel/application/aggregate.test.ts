import { createMemoryEventStore } from '@mercato/adapters/event-store/memory'
import { createUuidIds } from '@mercato/adapters/ids/uuid'
import { createMemoryKeyVault } from '@mercato/adapters/key-vault/memory'
import { beforeEach, describe, expect, it } from 'vitest'
import { type Aggregate, createAggregate } from './aggregate.ts'
import { type CounterCommand, type CounterState, commandBy, counter, counterCodec } from './counter.fixture.ts'
import type { Fault } from './faults.ts'
import type { EventStore } from './ports/event-store.ts'

const ids = createUuidIds()
const count = (by: number): CounterCommand => ({ type: 'Count', data: { by } })
let store: EventStore
let codec: ReturnType<typeof counterCodec>
const open = (on = store, attempts = 50): Aggregate<CounterState, CounterCommand> =>
  createAggregate({ category: 'test.Counter', decider: counter, codec, store: on, ids, attempts })

beforeEach(() => {
  store = createMemoryEventStore()
  codec = counterCodec(createMemoryKeyVault())
})

describe('a command handler', () => {
  it('appends what the decider accepts', async () => {
    const handled = await open().handle('a', count(3), commandBy(ids.next()))
    expect(handled).toMatchObject({ streamId: 'test.Counter-a', revision: 0, state: { total: 3 } })
    expect(await store.readStream('test.Counter-a')).toHaveLength(1)
  })

  it('appends nothing when the decider refuses, and says why', async () => {
    const handled = await open().handle('a', count(11), commandBy(ids.next()))
    expect(handled).toMatchObject({ revision: -1, rejection: { code: 'COUNTER.FULL' } })
    expect(await store.readStream('test.Counter-a')).toEqual([])
  })

  it('appends nothing when nothing changes', async () => {
    expect(await open().handle('a', count(0), commandBy(ids.next()))).toMatchObject({
      revision: -1,
      state: { total: 0 },
    })
  })

  it('stamps events with who, why and when, under ids that derive from the command', async () => {
    const commandId = ids.next()
    await open().handle('a', count(1), { ...commandBy(commandId), causationId: 'cause' })
    const [event] = await store.readStream('test.Counter-a')
    expect(event).toMatchObject({
      id: ids.derive(commandId, 'test.Counter-a/0'),
      actor: { kind: 'user', id: 'somebody' },
      commandId,
      causationId: 'cause',
      occurredAt: '2026-01-01T00:00:00.000Z',
      schemaVersion: 2,
      context: 'test',
    })
  })

  it('answers a repeated command with its original place and state', async () => {
    const commandId = ids.next()
    await open().handle('a', count(6), commandBy(commandId))
    await open().handle('a', count(4), commandBy(ids.next()))
    const again = await open().handle('a', count(6), commandBy(commandId))
    expect(again).toMatchObject({ revision: 0, state: { total: 6 }, repeated: true })
    expect(await store.readStream('test.Counter-a')).toHaveLength(2)
  })

  it('goes by the log when another run of the same command was first and decided otherwise', async () => {
    const commandId = ids.next()
    let reads = 0
    const overtaken: EventStore = {
      ...store,
      readStream: async (streamId, range) => {
        const read = await store.readStream(streamId, range)
        if (reads++ === 0) await open().handle('a', count(7), commandBy(commandId))
        return read
      },
    }
    const late = open(overtaken)
    expect(await late.handle('a', count(2), commandBy(commandId))).toMatchObject({
      revision: 0,
      state: { total: 7 },
      repeated: true,
    })
    expect((await late.load('a')).state.total).toBe(7)
    expect(await late.handle('a', count(4), commandBy(ids.next()))).toMatchObject({
      rejection: { code: 'COUNTER.FULL' },
    })
  })

  it('decides again on a conflict: of many racing writers none is lost and the rule holds', async () => {
    const handlers = Array.from({ length: 8 }, () => open())
    const handled = await Promise.all(
      handlers.flatMap(one => [1, 2, 3].map(() => one.handle('a', count(1), commandBy(ids.next())))),
    )
    expect(handled.filter(({ rejection }) => !rejection)).toHaveLength(10)
    expect((await open().load('a')).state.total).toBe(10)
  })

  it('gives up with CONFLICT when others are always faster', async () => {
    const { now: _, ...causation } = commandBy(ids.next())
    const contended: EventStore = {
      ...store,
      append: async (streamId, expected, events) => {
        const envelope = { ...causation, id: ids.next(), occurredAt: '2026-01-01T00:00:00.000Z' }
        await store.append(streamId, expected, [await codec.encode({ type: 'Counted', data: { by: 0 } }, envelope)])
        return store.append(streamId, expected, events)
      },
    }
    await expect(open(contended, 3).handle('a', count(1), commandBy(ids.next()))).rejects.toMatchObject({
      code: 'CONFLICT',
    } satisfies Partial<Fault>)
  })

  it('folds the stream as it was at a revision', async () => {
    const counters = open()
    for (const by of [1, 2, 3]) await counters.handle('a', count(by), commandBy(ids.next()))
    expect((await counters.load('a', 1)).state.total).toBe(3)
    expect((await counters.load('a')).state.total).toBe(6)
  })

  it('sees what another process appended after it read', async () => {
    const [one, other] = [open(), open()]
    await one.handle('a', count(1), commandBy(ids.next()))
    await other.handle('a', count(2), commandBy(ids.next()))
    expect((await one.load('a')).state.total).toBe(3)
  })
})
