import { describe, expect, it } from 'vitest'
import { Fault } from '#application/faults.ts'
import { NO_STREAM } from '#application/ports/event-store.ts'
import type { EventStoreUnderTest } from './event-store.ts'
import { anEvent, aStream, encodedOf, faultOf, readCount, someEvents } from './event-store-material.ts'

/** What may be stored comes back the same; what may not is refused before anything is written. */
export const eventStorePayloads = (open: () => Promise<EventStoreUnderTest>): void => {
  describe('what cannot be stored', () => {
    const circular: Record<string, unknown> = {}
    circular['self'] = circular
    const deep = (depth: number): unknown => (depth === 0 ? 1 : { deeper: deep(depth - 1) })
    it.each<[string, unknown]>([
      ['a NUL character in a text', { text: 'a\u0000b' }],
      ['a NUL character in a key', { 'a\u0000b': 1 }],
      ['half of a surrogate pair', ['\ud83d']],
      ['half of a surrogate pair in a key', { '\udc00': 1 }],
      ['not a number', { n: Number.NaN }],
      ['an infinite number', { n: Number.POSITIVE_INFINITY }],
      ['a big integer', { n: 1n }],
      ['a function', { f: () => 1 }],
      ['a date', { at: new Date(0) }],
      ['a hole in a list', [1, undefined]],
      ['nothing at all', undefined],
      ['a circle', circular],
      ['2,000 levels', deep(2_000)],
      ['two megabytes', 'x'.repeat(2 * 1024 * 1024)],
    ])('is refused before anything is written: %s', async (_, data) => {
      await using test = await open()
      const stream = aStream()
      const error = await faultOf(test.store.append(stream, NO_STREAM, [anEvent(), { ...anEvent(), data }]))
      expect(error).toBeInstanceOf(Fault)
      expect(error).toMatchObject({ code: 'BAD_USER_INPUT' })
      expect(await test.store.readStream(stream)).toEqual([])
    })

    it.each<[string, string, number]>([
      ['an empty stream id', '', NO_STREAM],
      ['a stream id with NUL', 'test.Counter-\u0000', NO_STREAM],
      ['a stream id of 10,000 characters', 'x'.repeat(10_000), NO_STREAM],
      ['a revision below the first', 'test.Counter-1', -2],
      ['half a revision', 'test.Counter-1', 0.5],
      ['a revision that is no number', 'test.Counter-1', Number.NaN],
    ])('is refused: %s', async (_, stream, revision) => {
      await using test = await open()
      expect(await faultOf(test.store.append(stream, revision, [anEvent()]))).toMatchObject({
        code: 'BAD_USER_INPUT',
      })
    })

    it('is refused: one id twice in an append, an empty id, too many events', async () => {
      await using test = await open()
      const event = anEvent()
      for (const events of [[event, event], [anEvent({}, { id: '' })], someEvents(5_000)])
        expect(await faultOf(test.store.append(aStream(), NO_STREAM, events))).toMatchObject({
          code: 'BAD_USER_INPUT',
        })
    })
  })

  describe('what is stored', () => {
    it.each<[string, unknown]>([
      ['every script and emoji', { text: 'Grüße, שלום, 你好, 👩‍👩‍👧‍👦, \u202e, é, e\u0301, \uffff' }],
      ['text that looks like an escape', { text: '\\u0000 \\ud800 \\n "\'; drop table events; --' }],
      ['control characters', { text: '\u0001\b\f\n\r\t\u001f\u007f\u2028' }],
      ['hostile keys', JSON.parse('{"__proto__": {"a": 1}, "constructor": 2, "": 3, " ": 4}')],
      ['numbers at the edges', [0, -1, 0.1, 1e21, 5e-324, 1.7976931348623157e308, Number.MAX_SAFE_INTEGER]],
      ['nested lists and objects', { a: [{ b: [[], {}, null, true, false] }] }],
      ['null', null],
      ['a text that is itself JSON', '{"a":1}'],
      ['a text that is a number', '1'],
      ['a number', 7],
      ['false', false],
      ['half a megabyte', { text: 'ü'.repeat(250_000) }],
      ['90 levels', Array.from({ length: 90 }).reduce<unknown>(inner => ({ inner }), 'core')],
    ])('comes back the same: %s', async (_, data) => {
      await using test = await open()
      const stream = aStream()
      await test.store.append(stream, NO_STREAM, [anEvent(data)])
      expect((await test.store.readStream(stream))[0]?.data).toStrictEqual(data)
    })

    it('comes back the same: every field of the envelope, present or absent', async () => {
      await using test = await open()
      const stream = aStream()
      const full = anEvent({}, { subjectId: 'ann', causationId: 'c', traceparent: '00-1-2-01', schemaVersion: 3 })
      const bare = anEvent({}, { actor: { kind: 'anonymous', id: 'key' }, occurredAt: '2030-01-01T02:00:00+02:00' })
      await test.store.append(stream, NO_STREAM, [full, bare])
      const read = await test.store.readStream(stream)
      expect(read.map(encodedOf)).toStrictEqual([full, bare])
      expect(read.map(event => event.streamId)).toEqual([stream, stream])
      expect(read).toEqual(await readCount(test.store, 2))
    })
  })
}
