import { createMemoryEventStore } from '@mercato/adapters/event-store/memory'
import { createUuidIds } from '@mercato/adapters/ids/uuid'
import { createMemoryKeyVault } from '@mercato/adapters/key-vault/memory'
import { createMemoryViewStore } from '@mercato/adapters/view-store/memory'
import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import { type Aggregate, createAggregate } from './aggregate.ts'
import {
  type CounterCommand,
  type CounterState,
  commandBy,
  counter,
  counterCodec,
  counterView,
} from './counter.fixture.ts'
import type { EventStore } from './ports/event-store.ts'
import type { ViewStore } from './ports/view-store.ts'
import { createProjector, type Projector } from './projector.ts'
import { createViewReader, type ViewReader } from './view-reader.ts'

const ids = createUuidIds()
let log: EventStore
let views: ViewStore
let counters: Aggregate<CounterState, CounterCommand>
let projector: Projector
let reader: ViewReader<CounterState>

const make = () => {
  log = createMemoryEventStore()
  views = createMemoryViewStore()
  const codec = counterCodec(createMemoryKeyVault())
  counters = createAggregate({ category: 'test.Counter', decider: counter, codec, store: log, ids })
  projector = createProjector({ views: [counterView], store: views, log, codec })
  const refold = async (key: string) => (await counters.load(key.slice('test.Counter-'.length))).state
  reader = createViewReader({ view: counterView, store: views, projector, streamOf: key => key, refold, waitMs: 30 })
}
beforeEach(make)

const count = (id: string, by = 1) => counters.handle(id, { type: 'Count', data: { by } }, commandBy(ids.next()))
const note = (id: string) =>
  counters.handle(id, { type: 'Note', data: { person: 'p', note: 'n' } }, commandBy(ids.next()))
const events = async () => (await log.readLog('', 1_000)).events

describe('a projector', () => {
  it('applies each event once, however often and in whatever order it comes: the view equals the fold of the log', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom('a', 'b'), { minLength: 1, maxLength: 9 }),
        fc.infiniteStream(fc.nat()),
        async (streams, chance) => {
          make()
          for (const id of streams) await (id === 'b' ? note(id).then(() => count(id)) : count(id))
          const deliveries = (await events()).flatMap(event =>
            Array.from({ length: 1 + ((chance.next().value ?? 0) % 5) }, () => event),
          )
          const shuffled = deliveries
            .map(event => ({ event, at: chance.next().value ?? 0 }))
            .sort((x, y) => x.at - y.at)
          for (const { event } of shuffled) await projector.apply(event)
          for (const id of new Set(streams))
            expect((await views.getMany('counters@1', [`test.Counter-${id}`]))[0]?.doc).toMatchObject({
              total: (await counters.load(id)).state.total,
            })
        },
      ),
      { numRuns: 50 },
    )
  })

  it('does not wait for ever for what is not in the log: an event of another log is refused', async () => {
    await count('a')
    const [event] = await events()
    if (!event) throw new Error('no event')
    await expect(projector.apply({ ...event, streamId: 'test.Counter-foreign', revision: 3 })).rejects.toMatchObject({
      code: 'MISSING_EVENTS',
    })
  })

  it('applies what one view cannot take to the others, and says so', async () => {
    const broken: typeof counterView = {
      ...counterView,
      name: 'broken',
      evolve() {
        throw new TypeError('cannot fold')
      },
    }
    const codec = counterCodec(createMemoryKeyVault())
    const two = createProjector({ views: [broken, counterView], store: views, log, codec })
    const { streamId } = await count('a')
    for (const event of await events()) await expect(two.apply(event)).rejects.toThrow('cannot fold')
    expect(await views.appliedRevisions('counters@1', [streamId])).toEqual([0])
  })

  it('records the revisions of events it skips', async () => {
    await note('a')
    await projector.catchUp()
    expect(await views.appliedRevision('counters@1', 'test.Counter-a')).toBe(0)
  })

  it('catches up with the log', async () => {
    await count('a')
    await count('a')
    await projector.catchUp()
    expect((await views.getMany('counters@1', ['test.Counter-a']))[0]?.doc).toMatchObject({ total: 2 })
  })

  it('lists a document under its newest sort key only', async () => {
    await count('a')
    await count('a', 2)
    await projector.catchUp()
    expect((await views.list('counters@1', { index: 'total', limit: 5 })).items.map(({ doc }) => doc)).toMatchObject([
      { total: 3 },
    ])
  })
})

describe('a reader of a view that lags', () => {
  it('waits until the view includes what the session wrote', async () => {
    const { streamId, revision } = await count('a')
    const read = reader.get(streamId, { [streamId]: revision })
    await projector.catchUp()
    expect(await read).toMatchObject({ total: 1 })
  })

  it('answers one document from the write side when the view does not come', async () => {
    const { streamId, revision } = await count('a')
    expect(await reader.get(streamId, { [streamId]: revision })).toMatchObject({ total: 1 })
  })

  it('says STALE_READ for a list when the view does not come', async () => {
    const { streamId, revision } = await count('a')
    await expect(reader.list({ index: 'total', limit: 5 }, { [streamId]: revision })).rejects.toMatchObject({
      code: 'STALE_READ',
    })
  })

  it('does not wait for what others wrote, nor for streams of other categories', async () => {
    await count('a')
    expect((await reader.list({ index: 'total', limit: 5 }, { 'other.Thing-1': 7 })).items).toEqual([])
    expect(await reader.get('test.Counter-b', { 'test.Counter-a': 0 })).toBeUndefined()
  })
})
