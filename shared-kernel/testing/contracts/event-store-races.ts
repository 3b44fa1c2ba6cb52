import { describe, expect, it } from 'vitest'
import { RevisionConflict } from '#application/faults.ts'
import { type AppendResult, LOG_START, NO_STREAM } from '#application/ports/event-store.ts'
import type { EventStoreUnderTest } from './event-store.ts'
import { anEvent, aStream, expectOrdered, readAll, readCount, someEvents } from './event-store-material.ts'

type Attempt = AppendResult | RevisionConflict

/** A conflict is an outcome here; anything else that is thrown fails the test. */
const outcomeOf = (append: Promise<AppendResult>): Promise<Attempt> =>
  append.catch((error: unknown) => (error instanceof RevisionConflict ? error : Promise.reject(error)))

const isConflict = (attempt: Attempt): attempt is RevisionConflict => attempt instanceof RevisionConflict

/** Several writers at once. */
export const eventStoreRaces = (open: () => Promise<EventStoreUnderTest>, appendsPerWriter: number): void => {
  describe('under concurrency', () => {
    it('lets exactly one of 20 appends at one revision win', async () => {
      await using test = await open()
      const stream = aStream()
      await test.store.append(stream, NO_STREAM, someEvents(1))
      const attempts = await Promise.all(
        Array.from({ length: 20 }, () => outcomeOf(test.store.append(stream, 0, someEvents(2)))),
      )
      expect(attempts.filter(attempt => !isConflict(attempt))).toEqual([{ revision: 2, duplicate: false }])
      for (const conflict of attempts.filter(isConflict)) expect(conflict).toMatchObject({ expected: 0, actual: 2 })
      expect(await test.store.readStream(stream)).toHaveLength(3)
    })

    it('lets exactly one of 20 create a stream', async () => {
      await using test = await open()
      const stream = aStream()
      const attempts = await Promise.all(
        Array.from({ length: 20 }, () => outcomeOf(test.store.append(stream, NO_STREAM, someEvents(1)))),
      )
      expect(attempts.filter(isConflict)).toHaveLength(19)
      expect(await test.store.readStream(stream)).toHaveLength(1)
    })

    it('gives 20 copies of one append the same place, written once', async () => {
      await using test = await open()
      const stream = aStream()
      const events = someEvents(3)
      const results = await Promise.all(Array.from({ length: 20 }, () => test.store.append(stream, NO_STREAM, events)))
      expect(results.map(result => result.revision)).toEqual(Array.from({ length: 20 }, () => 2))
      expect(results.filter(result => !result.duplicate)).toHaveLength(1)
      expect(await readCount(test.store, 3)).toHaveLength(3)
    })

    it('gives every copy of the winner its place and every copy of the loser a conflict', async () => {
      await using test = await open()
      const stream = aStream()
      const rivals = [someEvents(1), someEvents(2)]
      const attempts = await Promise.all(
        Array.from({ length: 20 }, async (_, n) => {
          const rival = n % 2
          return { rival, attempt: await outcomeOf(test.store.append(stream, NO_STREAM, rivals[rival] ?? [])) }
        }),
      )
      const winners = new Set(attempts.filter(({ attempt }) => !isConflict(attempt)).map(({ rival }) => rival))
      const losers = new Set(attempts.filter(({ attempt }) => isConflict(attempt)).map(({ rival }) => rival))
      expect([winners.size, losers.size]).toEqual([1, 1])
      expect(winners).not.toEqual(losers)
      const won = rivals[[...winners][0] ?? 0]
      expect((await test.store.readStream(stream)).map(event => event.id)).toEqual(won?.map(event => event.id))
    })

    it('shows a tail every event once and each stream in order while writers go on', async () => {
      await using test = await open()
      const { store } = test
      const streams = Array.from({ length: 16 }, () => aStream())
      let writing = streams.length
      const write = async (stream: string): Promise<void> => {
        for (let revision = NO_STREAM; revision < 24; revision++) await store.append(stream, revision, [anEvent()])
        writing--
      }
      const tail = async () => {
        const seen = []
        for (let position = LOG_START; ; ) {
          const last = writing === 0
          const page = await store.readLog(position, 7)
          seen.push(...page.events)
          position = page.next
          if (last && page.atEnd) return { seen, position }
        }
      }
      const [{ seen, position }] = await Promise.all([tail(), ...streams.map(write)])
      // What was committed last may become safe to read a moment after its writer has gone.
      await readCount(store, 16 * 25)
      seen.push(...(await readAll(store, position)))
      expect(seen).toHaveLength(16 * 25)
      expect(new Set(seen.map(event => event.id)).size).toBe(16 * 25)
      expectOrdered(seen)
    })

    it(`keeps revisions contiguous when 64 writers try ${appendsPerWriter} appends each on one stream`, {
      timeout: 120_000,
    }, async () => {
      await using test = await open()
      const { store } = test
      const stream = aStream()
      const acknowledged = new Set<string>()
      let attempts = 0
      const write = async (): Promise<void> => {
        let expected = NO_STREAM
        for (let n = 0; n < appendsPerWriter; n++) {
          const event = anEvent({ n })
          const attempt = await outcomeOf(store.append(stream, expected, [event]))
          attempts++
          if (isConflict(attempt)) {
            expect(attempt.actual).toBeGreaterThan(expected)
            expected = attempt.actual
          } else {
            expect(attempt).toEqual({ revision: expected + 1, duplicate: false })
            acknowledged.add(event.id)
            expected = attempt.revision
          }
        }
      }
      await Promise.all(Array.from({ length: 64 }, write))
      const events = await store.readStream(stream)
      expect(attempts).toBe(64 * appendsPerWriter)
      expect(events.map(event => event.revision)).toEqual(events.map((_, index) => index))
      expect(new Set(events.map(event => event.id))).toEqual(acknowledged)
      expect(acknowledged.size).toBeGreaterThanOrEqual(appendsPerWriter)
      expect(acknowledged.size).toBeLessThan(attempts)
    })
  })
}
