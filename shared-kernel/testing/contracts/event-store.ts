import { describe, expect, it, vi } from 'vitest'
import { Closed, Fault, RevisionConflict } from '#application/faults.ts'
import { type EventStore, LOG_START, NO_STREAM } from '#application/ports/event-store.ts'
import {
  anEvent,
  aStream,
  encodedOf,
  expectOrdered,
  faultOf,
  readAll,
  readCount,
  someEvents,
} from './event-store-material.ts'
import { eventStoreModel } from './event-store-model.ts'
import { eventStorePayloads } from './event-store-payloads.ts'
import { eventStoreRaces } from './event-store-races.ts'

/** An empty store, and a way to open its data again. Disposing disposes the store that is open. */
export interface EventStoreUnderTest extends AsyncDisposable {
  readonly store: EventStore
  /** Disposes the open store and opens another one on the same data. */
  reopen?(): Promise<EventStore>
}

export interface EventStoreContractOptions {
  /** `durability`: nothing survives the store. */
  readonly lacks?: readonly 'durability'[]
  /** Appends that each of 64 writers tries on one stream; 500 when not given. */
  readonly appendsPerWriter?: number
  /** Runs of the model test; 50 when not given. */
  readonly modelRuns?: number
}

/** What every {@link EventStore} adapter keeps. `open` gives an empty one. */
export const eventStoreContract = (
  adapter: string,
  open: () => Promise<EventStoreUnderTest>,
  options: EventStoreContractOptions = {},
): void => {
  const durable = !options.lacks?.includes('durability')

  describe(`EventStore contract: ${adapter}`, () => {
    describe('an empty log', () => {
      it('has no events, no streams and no head', async () => {
        await using test = await open()
        expect(await test.store.readStream(aStream())).toEqual([])
        expect(await test.store.readLog(LOG_START, 10)).toEqual({ events: [], next: LOG_START, atEnd: true })
        expect(await test.store.head()).toBe(LOG_START)
      })

      it('takes an append of nothing to a stream that does not exist, and does not create it', async () => {
        await using test = await open()
        const stream = aStream()
        expect(await test.store.append(stream, NO_STREAM, [])).toEqual({ revision: NO_STREAM, duplicate: false })
        expect(await test.store.append(stream, NO_STREAM, [anEvent()])).toEqual({ revision: 0, duplicate: false })
      })
    })

    describe('append', () => {
      it('gives revisions from 0 without gaps, whatever the size of the appends', async () => {
        await using test = await open()
        const stream = aStream()
        const events = someEvents(6)
        expect(await test.store.append(stream, NO_STREAM, events.slice(0, 1))).toMatchObject({ revision: 0 })
        expect(await test.store.append(stream, 0, events.slice(1, 5))).toMatchObject({ revision: 4 })
        expect(await test.store.append(stream, 4, events.slice(5))).toMatchObject({ revision: 5 })
        const read = await test.store.readStream(stream)
        expect(read.map(event => event.revision)).toEqual([0, 1, 2, 3, 4, 5])
        expect(read.map(encodedOf)).toEqual(events)
      })

      it('of nothing checks the revision and returns it', async () => {
        await using test = await open()
        const stream = aStream()
        await test.store.append(stream, NO_STREAM, someEvents(3))
        expect(await test.store.append(stream, 2, [])).toEqual({ revision: 2, duplicate: false })
        await expect(test.store.append(stream, 1, [])).rejects.toEqual(new RevisionConflict(stream, 1, 2))
        await expect(test.store.append(aStream(), 0, [])).rejects.toBeInstanceOf(RevisionConflict)
      })

      it.each([
        ['behind the stream', 1],
        ['ahead of the stream', 7],
        ['of a stream that must not exist', NO_STREAM],
      ])('rejects a revision %s, says the actual one, and writes nothing', async (_, expected) => {
        await using test = await open()
        const stream = aStream()
        await test.store.append(stream, NO_STREAM, someEvents(3))
        const error = await faultOf(test.store.append(stream, expected, someEvents(2)))
        expect(error).toBeInstanceOf(RevisionConflict)
        expect(error).toMatchObject({ streamId: stream, expected, actual: 2, code: 'REVISION_CONFLICT' })
        expect(await test.store.readStream(stream)).toHaveLength(3)
      })

      it('rejects a revision of a stream that does not exist', async () => {
        await using test = await open()
        const stream = aStream()
        const error = await faultOf(test.store.append(stream, 4, someEvents(1)))
        expect(error).toEqual(new RevisionConflict(stream, 4, NO_STREAM))
      })

      it('keeps streams apart, also those whose ids are alike', async () => {
        await using test = await open()
        const streams = ['test.Counter-1', 'test.Counter-10', 'test.Counter-%', 'test.Counter', 'TEST.Counter-1']
        for (const stream of streams) await test.store.append(stream, NO_STREAM, [anEvent({ stream })])
        for (const stream of streams)
          expect((await test.store.readStream(stream)).map(event => event.data)).toEqual([{ stream }])
      })

      it('keeps what was given, not what the caller makes of it later', async () => {
        await using test = await open()
        const data = { lines: [1] }
        const stream = aStream()
        await test.store.append(stream, NO_STREAM, [anEvent(data)])
        data.lines.push(2)
        expect((await test.store.readStream(stream))[0]?.data).toEqual({ lines: [1] })
      })
    })

    describe('the same append again', () => {
      it('returns the original place, whatever revision it expects, and writes nothing', async () => {
        await using test = await open()
        const stream = aStream()
        const [first, second, third] = [someEvents(2), someEvents(3), someEvents(1)]
        await test.store.append(stream, NO_STREAM, first)
        await test.store.append(stream, 1, second)
        await test.store.append(stream, 4, third)
        for (const expected of [NO_STREAM, 1, 5, 99]) {
          expect(await test.store.append(stream, expected, first)).toEqual({ revision: 1, duplicate: true })
          expect(await test.store.append(stream, expected, second)).toEqual({ revision: 4, duplicate: true })
        }
        expect(await readCount(test.store, 6)).toHaveLength(6)
      })

      it('returns the place of its last event when it repeats a part of an earlier one', async () => {
        await using test = await open()
        const stream = aStream()
        const events = someEvents(4)
        await test.store.append(stream, NO_STREAM, events)
        expect(await test.store.append(stream, 3, events.slice(1, 3))).toEqual({ revision: 2, duplicate: true })
      })

      it('is a fault when only some of the ids are there, and writes nothing', async () => {
        await using test = await open()
        const stream = aStream()
        const events = someEvents(2)
        await test.store.append(stream, NO_STREAM, events)
        for (const mixed of [
          [...events, anEvent()],
          [anEvent(), ...events.slice(1)],
        ]) {
          const error = await faultOf(test.store.append(stream, 1, mixed))
          expect(error).toBeInstanceOf(Fault)
          expect(error).toMatchObject({ retryable: false })
        }
        expect(await test.store.readStream(stream)).toHaveLength(2)
      })

      it('is new in another stream', async () => {
        await using test = await open()
        const events = someEvents(2)
        await test.store.append(aStream(), NO_STREAM, events)
        expect(await test.store.append(aStream(), NO_STREAM, events)).toEqual({ revision: 1, duplicate: false })
      })
    })

    eventStorePayloads(open)

    describe('readStream', () => {
      it.each<[string, { from?: number; to?: number }, number[]]>([
        ['no range', {}, [0, 1, 2, 3, 4]],
        ['from the middle', { from: 3 }, [3, 4]],
        ['to the middle, inclusive', { to: 1 }, [0, 1]],
        ['one revision', { from: 2, to: 2 }, [2]],
        ['an end beyond the stream', { from: 4, to: 99 }, [4]],
        ['a start beyond the stream', { from: 5 }, []],
        ['a start before the first', { from: -5, to: 0 }, [0]],
        ['an end before the first', { to: -1 }, []],
        ['a range that runs backwards', { from: 3, to: 1 }, []],
        ['an end without bound', { from: 3, to: Number.POSITIVE_INFINITY }, [3, 4]],
      ])('with %s', async (_, range, revisions) => {
        await using test = await open()
        const stream = aStream()
        await test.store.append(stream, NO_STREAM, someEvents(5))
        const read = await test.store.readStream(stream, range)
        expect(read.map(event => event.revision)).toEqual(revisions)
      })
    })

    describe('readLog', () => {
      it.each([1, 2, 3, 4, 6, 7, 100])('pages of %i give every event once, in order', async limit => {
        await using test = await open()
        const [a, b] = [aStream(), aStream()]
        await test.store.append(a, NO_STREAM, someEvents(2))
        await test.store.append(b, NO_STREAM, someEvents(3))
        await test.store.append(a, 1, someEvents(1))
        const events = await readCount(test.store, 6, limit)
        expect(events.map(({ streamId, revision }) => [streamId, revision])).toEqual([
          ...[0, 1].map(revision => [a, revision]),
          ...[0, 1, 2].map(revision => [b, revision]),
          [a, 2],
        ])
        expectOrdered(events)
      })

      it('says when a page ends the log, also when it is exactly full', async () => {
        await using test = await open()
        await test.store.append(aStream(), NO_STREAM, someEvents(4))
        const events = await readCount(test.store, 4)
        const first = await test.store.readLog(LOG_START, 3)
        expect(first).toMatchObject({ next: events[2]?.position, atEnd: false })
        const second = await test.store.readLog(first.next, 1)
        expect(second).toMatchObject({ next: events[3]?.position, atEnd: true })
        expect(await test.store.readLog(second.next, 3)).toEqual({ events: [], next: second.next, atEnd: true })
      })

      it('goes on from the head with what is appended after it', async () => {
        await using test = await open()
        const stream = aStream()
        await test.store.append(stream, NO_STREAM, someEvents(2))
        const events = await readCount(test.store, 2)
        const head = await test.store.head()
        expect(head).toBe(events[1]?.position)
        expect(await readAll(test.store, head)).toEqual([])
        await test.store.append(stream, 1, someEvents(1))
        await readCount(test.store, 3)
        expect((await readAll(test.store, head)).map(event => event.revision)).toEqual([2])
      })

      it('refuses a position of no log and a page of no size', async () => {
        await using test = await open()
        for (const position of ['nonsense', '0', '-1', "' or 1=1", '\u0000', '9'.repeat(40)])
          expect(await faultOf(test.store.readLog(position, 10))).toMatchObject({ code: 'BAD_USER_INPUT' })
        for (const limit of [0, -1, 1.5, Number.NaN])
          expect(await faultOf(test.store.readLog(LOG_START, limit))).toMatchObject({ code: 'BAD_USER_INPUT' })
      })
    })

    describe('backlog', () => {
      it('is nothing at the end of the log, else as old as the first event after the position', async () => {
        await using test = await open()
        expect(await test.store.backlog(LOG_START)).toBeUndefined()
        const [stream, early, late] = [aStream(), '2030-01-01T00:00:01.000Z', '2030-01-01T00:00:02.000Z']
        await test.store.append(stream, NO_STREAM, [anEvent({}, { occurredAt: early })])
        await test.store.append(stream, 0, [anEvent({}, { occurredAt: late })])
        expect(await test.store.backlog(LOG_START)).toMatchObject({ since: early })
        const [first, second] = await readCount(test.store, 2)
        expect(await test.store.backlog(LOG_START)).toEqual({ since: early })
        expect(await test.store.backlog(first?.position ?? '')).toEqual({ since: late })
        expect(await test.store.backlog(second?.position ?? '')).toBeUndefined()
        expect(await faultOf(test.store.backlog('nonsense'))).toMatchObject({ code: 'BAD_USER_INPUT' })
      })
    })

    describe('onAppend', () => {
      it('tells every listener; one that left or fails does not concern the others', async () => {
        await using test = await open()
        const [stays, leaves] = [vi.fn(), vi.fn()]
        test.store.onAppend(() => {
          throw new Error('a broken listener')
        })
        test.store.onAppend(stays)
        const leave = test.store.onAppend(leaves)
        leave()
        leave()
        await test.store.append(aStream(), NO_STREAM, someEvents(1))
        await vi.waitFor(() => expect(stays).toHaveBeenCalled(), { timeout: 5_000 })
        expect(leaves).not.toHaveBeenCalled()
      })

      it('counts the same listener twice when it is added twice', async () => {
        await using test = await open()
        const listener = vi.fn()
        const leave = test.store.onAppend(listener)
        test.store.onAppend(listener)
        leave()
        await test.store.append(aStream(), NO_STREAM, someEvents(1))
        await vi.waitFor(() => expect(listener).toHaveBeenCalled(), { timeout: 5_000 })
      })
    })

    describe('after dispose', () => {
      it('every call rejects with Closed, and a second dispose does nothing', async () => {
        await using test = await open()
        const { store } = test
        await store[Symbol.asyncDispose]()
        await store[Symbol.asyncDispose]()
        await expect(store.append(aStream(), NO_STREAM, someEvents(1))).rejects.toBeInstanceOf(Closed)
        await expect(store.append(aStream(), NO_STREAM, [])).rejects.toBeInstanceOf(Closed)
        await expect(store.readStream(aStream())).rejects.toBeInstanceOf(Closed)
        await expect(store.readLog(LOG_START, 1)).rejects.toBeInstanceOf(Closed)
        await expect(store.head()).rejects.toBeInstanceOf(Closed)
        await expect(store.backlog(LOG_START)).rejects.toBeInstanceOf(Closed)
        expect(() => store.onAppend(() => undefined)).toThrow(Closed)
      })

      it.runIf(durable)('another store on the same data has everything and knows every append', async () => {
        await using test = await open()
        if (!test.reopen) throw new Error(`${adapter} must open its data again, or declare that it lacks durability`)
        const stream = aStream()
        const events = someEvents(3)
        await test.store.append(stream, NO_STREAM, events)
        const before = await readCount(test.store, 3)
        // Expected in the midst of its own events: what stands behind belongs to it, too.
        expect(await (await test.reopen()).append(stream, 0, events)).toEqual({ revision: 2, duplicate: true })
        const reopened = await test.reopen()
        expect(await reopened.readStream(stream)).toEqual(before)
        expect(await readAll(reopened, before[0]?.position)).toEqual(before.slice(1))
        expect(await reopened.append(stream, NO_STREAM, events)).toEqual({ revision: 2, duplicate: true })
        expect(await reopened.append(stream, 2, someEvents(1))).toEqual({ revision: 3, duplicate: false })
      })
    })

    eventStoreRaces(open, options.appendsPerWriter ?? 500)
    eventStoreModel(open, options.modelRuns ?? 50)
  })
}
