import { createMemoryEventStore } from '@mercato/adapters/event-store/memory'
import { createUuidIds } from '@mercato/adapters/ids/uuid'
import { createMemoryKeyVault } from '@mercato/adapters/key-vault/memory'
import { createRecordingLogger } from '@mercato/adapters/testing/quiet'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type Aggregate, createAggregate } from './aggregate.ts'
import {
  type CounterCommand,
  type CounterEvent,
  type CounterState,
  commandBy,
  counter,
  counterCodec,
} from './counter.fixture.ts'
import { createCursors } from './cursor.ts'
import { createFeed, type Feed } from './feed.ts'

const ids = createUuidIds()
let counters: Aggregate<CounterState, CounterCommand>
let feed: Feed<CounterEvent>
let stop: AbortController

beforeEach(async () => {
  const log = createMemoryEventStore()
  const codec = counterCodec(createMemoryKeyVault())
  counters = createAggregate({ category: 'test.Counter', decider: counter, codec, store: log, ids })
  feed = createFeed({ log, codec, logger: createRecordingLogger() })
  stop = new AbortController()
  await note('before')
  await feed.start()
})
afterEach(() => feed[Symbol.asyncDispose]())

const note = (text: string, id = 'a') =>
  counters.handle(id, { type: 'Note', data: { person: 'p', note: text } }, commandBy(ids.next()))

const take = async (n: number, options: { after?: string; streamId?: string } = {}) => {
  const seen: { note: string; position: string }[] = []
  const matches = ({ streamId }: { streamId: string }) =>
    options.streamId === undefined || streamId === options.streamId
  for await (const { event, position } of feed.read({
    ...(options.after === undefined ? {} : { after: options.after }),
    matches,
    signal: stop.signal,
  })) {
    if (event.type === 'Noted') seen.push({ note: event.data.note, position })
    if (seen.length === n) break
  }
  return seen
}

describe('a feed', () => {
  it('starts at the present end', async () => {
    const reading = take(2)
    await note('one')
    await note('two')
    expect((await reading).map(each => each.note)).toEqual(['one', 'two'])
  })

  it('goes on after a cursor and then live, without a gap or a repeat', async () => {
    const first = take(1)
    await note('one')
    const [seen] = await first
    await note('two')
    const rest = take(3, { after: seen?.position ?? '' })
    await note('three')
    await note('four')
    expect((await rest).map(each => each.note)).toEqual(['two', 'three', 'four'])
  })

  it('reads the log for what is older than it remembers', async () => {
    await note('one')
    expect((await take(2, { after: '' })).map(each => each.note)).toEqual(['before', 'one'])
  })

  it('serves a reader that is thousands of events behind while others are live', async () => {
    for (let i = 0; i < 2_600; i++) await note(`n${i}`, `s${i % 50}`)
    const seen = await take(2_601, { after: '' })
    expect(new Set(seen.map(each => each.note)).size).toBe(2_601)
  })

  it('gives every reader everything, and one that leaves disturbs nobody', async () => {
    const [one, other] = [take(1), take(3)]
    await note('one')
    await one
    await note('two')
    await note('three')
    expect((await other).map(each => each.note)).toEqual(['one', 'two', 'three'])
  })

  it('starts where it ended at the call, however late the first pull, and tells of each event before it is read', async () => {
    const told: string[] = []
    const telling = ({ streamId, revision }: { streamId: string; revision: number }) =>
      told.push(`${streamId}#${revision}`)
    const events = feed.read({ matches: () => true, signal: stop.signal, telling })
    await note('one')
    await vi.waitUntil(() => feed.end() > '0000000000000001')
    const { value } = await events.next()
    expect(value?.event).toMatchObject({ data: { note: 'one' } })
    expect(told).toEqual(['test.Counter-a#1'])
    await events.return?.()
  })

  it('shows only what matches', async () => {
    const reading = take(1, { streamId: 'test.Counter-b' })
    await note('not this', 'a')
    await note('this', 'b')
    expect((await reading).map(each => each.note)).toEqual(['this'])
  })

  it('ends when the reader is gone, and when it is disposed', async () => {
    const [gone, closed] = [take(1), feed.read({ matches: () => true, signal: new AbortController().signal }).next()]
    stop.abort()
    expect(await gone).toEqual([])
    await feed[Symbol.asyncDispose]()
    expect(await closed).toMatchObject({ done: true })
  })
})

describe('a cursor', () => {
  const cursors = createCursors({ secret: 'secret', logId: 'log-1' })
  const binding = { field: 'orderChanged', viewerId: 'u1', args: { id: 'o1' } }
  const cursor = cursors.sign('0042', binding)

  it('gives its position back to the one it was made for', () => expect(cursors.open(cursor, binding)).toBe('0042'))
  it.each([
    ['another viewer', cursor, { ...binding, viewerId: 'u2' }],
    ['other arguments', cursor, { ...binding, args: { id: 'o2' } }],
    ['another field', cursor, { ...binding, field: 'stockChanged' }],
    ['a tampered position', cursor.replace(/^./, 'Z'), binding],
    ['no cursor at all', 'rubbish', binding],
    ['megabytes of rubbish', 'x'.repeat(1_000_000), binding],
  ])('is expired for %s', (_what, text, bound) => {
    expect(() => cursors.open(text, bound)).toThrow(expect.objectContaining({ code: 'CURSOR_EXPIRED' }))
  })
  it('is expired in another log and under another key', () => {
    for (const other of [
      createCursors({ secret: 'secret', logId: 'log-2' }),
      createCursors({ secret: 'other', logId: 'log-1' }),
    ])
      expect(() => other.open(cursor, binding)).toThrow(expect.objectContaining({ code: 'CURSOR_EXPIRED' }))
  })
})
