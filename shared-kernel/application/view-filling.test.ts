import { createMemoryEventStore } from '@mercato/adapters/event-store/memory'
import { createUuidIds } from '@mercato/adapters/ids/uuid'
import { createMemoryKeyVault } from '@mercato/adapters/key-vault/memory'
import { createMemoryViewStore } from '@mercato/adapters/view-store/memory'
import fc from 'fast-check'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { createAggregate } from './aggregate.ts'
import { commandBy, counter, counterCodec, counterView } from './counter.fixture.ts'
import type { RecordedEvent } from './event-envelope.ts'
import { Fault } from './faults.ts'
import type { EventStore } from './ports/event-store.ts'
import type { ViewStore } from './ports/view-store.ts'
import { createProjector, type Projector, type ProjectorOptions } from './projector.ts'
import { contentsOf } from './view-comparison.ts'
import { createViewReader } from './view-reader.ts'

const ids = createUuidIds()
const BUILD = 'counters@1'
const codec = counterCodec(createMemoryKeyVault())
let log: EventStore
let store: ViewStore

const open = (over: Partial<ProjectorOptions<never>> = {}): Projector =>
  createProjector({ views: [counterView], store, log, codec, ...over })
const countIn = (id: string) => {
  const counters = createAggregate({ category: 'test.Counter', decider: counter, codec, store: log, ids })
  return counters.handle(id, { type: 'Count', data: { by: 1 } }, commandBy(ids.next()))
}
/** An event that a later version of the program wrote. */
const fromTheFuture = (id: string, revision: number) =>
  log.append(`test.Counter-${id}`, revision, [
    {
      ...{ id: ids.next(), type: 'Counted', schemaVersion: 99, context: 'test', data: {} },
      ...{ occurredAt: '2030-01-01T00:00:00.000Z', actor: { kind: 'system', id: 'test' } },
      ...{ commandId: ids.next(), correlationId: 'test' },
    },
  ])
const totals = async () => (await store.scan(BUILD, 100)).documents.filter(({ key }) => key.startsWith('test.'))

beforeEach(() => {
  log = createMemoryEventStore()
  store = createMemoryViewStore()
})

describe('a view that is filled from the log', () => {
  it('is the same by pages as event by event, whatever was applied before and however often it is filled', async () => {
    const names = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 12 })
    await fc.assert(
      fc.asyncProperty(names, names, fc.nat(20), async (early, late, applied) => {
        log = createMemoryEventStore()
        store = createMemoryViewStore()
        for (const name of early) await countIn(name)
        const projector = open()
        for (const event of (await log.readLog('', 100)).events.slice(0, applied)) await projector.apply(event)
        await projector.catchUp()
        for (const name of late) await countIn(name)
        await Promise.all([projector.catchUp(), open().catchUp()])
        const filled = await contentsOf(store, BUILD)
        store = createMemoryViewStore()
        const single = open()
        for (const event of (await log.readLog('', 100)).events) await single.apply(event)
        expect(filled).toEqual(await contentsOf(store, BUILD))
      }),
      { numRuns: 60 },
    )
  })

  it('is begun anew when its data is lost on the way', async () => {
    for (let n = 0; n < 700; n++) await countIn(`${n}`)
    let pages = 0
    const readLog: EventStore['readLog'] = async (...range) => {
      if (++pages === 2) await store.drop(BUILD)
      return log.readLog(...range)
    }
    await open({ log: { ...log, readLog } }).catchUp()
    expect((await contentsOf(store, BUILD)).documents).toBe(700)
  })

  it('goes on without the streams that hold an event nobody can read, and says which and why', async () => {
    await countIn('a')
    await countIn('b')
    await fromTheFuture('a', 0)
    await fromTheFuture('a', 1)
    await countIn('b')
    const onStuck = vi.fn(async () => undefined)
    await open({ onStuck }).catchUp()
    const stuck = { name: 'UndecodableEvent', message: 'Counted version 99 is unknown in test' }
    expect(onStuck.mock.calls).toMatchObject([
      [{ streamId: 'test.Counter-a', revision: 1 }, stuck],
      [{ streamId: 'test.Counter-a', revision: 2 }, stuck],
    ])
    expect((await totals()).map(({ key, doc }) => [key, doc])).toMatchObject([
      ['test.Counter-a', { total: 1 }],
      ['test.Counter-b', { total: 2 }],
    ])
  })

  it('leaves alone what is parked or in other hands, until it is filled anew', async () => {
    await countIn('a')
    const aside = new Set<string>()
    const giveUp = vi.fn(async () => undefined)
    const sweep = {
      giveUp,
      lookUp:
        async () =>
        ({ id }: RecordedEvent) =>
          aside.has(id),
    }
    await open({ sweep }).catchUp()
    await fromTheFuture('b', -1)
    const [unreadable] = await log.readStream('test.Counter-b')
    aside.add(unreadable?.id ?? '')
    await open({ sweep }).catchUp()
    expect(giveUp).not.toHaveBeenCalled()
    await store.drop(BUILD)
    await open({ sweep }).catchUp()
    expect(giveUp.mock.calls).toMatchObject([[{ id: unreadable?.id }, { name: 'UndecodableEvent' }]])
    expect(await totals()).toHaveLength(1)
  })

  it('fails, to be tried again, when it is only a store that does not answer', async () => {
    await countIn('a')
    const away = new Fault('SERVICE_UNAVAILABLE', 'away')
    const onStuck = vi.fn(async () => undefined)
    const getMany: ViewStore['getMany'] = (build, keys) =>
      keys.some(key => key.startsWith('test.')) ? Promise.reject(away) : store.getMany(build, keys)
    await expect(open({ onStuck, store: { ...store, getMany } }).catchUp()).rejects.toBe(away)
    await open({ onStuck }).catchUp()
    expect(await totals()).toHaveLength(1)
    expect(onStuck).not.toHaveBeenCalled()
  })
})

describe('a view whose data was lost', () => {
  it('is not read until it is whole again: one document comes from the write side, a list is refused with a code', async () => {
    const { streamId } = await countIn('a')
    const onLost = vi.fn()
    const projector = open({ onLost })
    const shared = { view: counterView, store, projector }
    const folding = createViewReader({ ...shared, refold: async () => ({ total: 7, notes: [] }) })
    const plain = createViewReader(shared)
    await projector.catchUp()
    const before = await contentsOf(store, BUILD)
    await store.drop(BUILD)
    expect(await folding.get(streamId, {})).toMatchObject({ total: 7 })
    for (const read of [
      () => plain.get(streamId, {}),
      () => plain.list({ index: 'total', limit: 1 }, {}),
      () => plain.count('total'),
    ])
      await expect(read()).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE', retryable: true })
    expect(onLost).toHaveBeenCalledTimes(4)
    await projector.catchUp()
    expect(await contentsOf(store, BUILD)).toEqual(before)
    expect(await folding.get(streamId, {})).toMatchObject({ total: 1 })
    expect(await plain.count('total')).toBe(1)
  })
})
