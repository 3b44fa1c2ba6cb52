import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import type { EncodedEvent, RecordedEvent } from '#application/event-envelope.ts'
import { Fault, RevisionConflict } from '#application/faults.ts'
import { type EventStore, LOG_START } from '#application/ports/event-store.ts'
import type { EventStoreUnderTest } from './event-store.ts'
import { anEvent, encodedOf, readAll, readCount, someEvents } from './event-store-material.ts'

interface Appended {
  readonly stream: string
  readonly revision: number
  readonly events: readonly EncodedEvent[]
}

/** What the store must hold: the appends that were acknowledged, in order. */
interface Model {
  readonly appended: Appended[]
}

interface Real {
  readonly test: EventStoreUnderTest
  store: EventStore
  /** A reader that goes on where it stopped, all the time. */
  tail: { position: string; readonly seen: RecordedEvent[] }
}

type Step = fc.AsyncCommand<Model, Real>

const eventsOf = (model: Model, stream?: string): EncodedEvent[] =>
  model.appended.filter(append => stream === undefined || append.stream === stream).flatMap(append => append.events)

const revisionOf = (model: Model, stream: string): number => eventsOf(model, stream).length - 1

const step = (label: string, run: Step['run'], check: (model: Model) => boolean = () => true): Step => ({
  check: model => check(model),
  run,
  toString: () => label,
})

const append = (stream: string, data: readonly unknown[]): Step =>
  step(`append ${data.length} to ${stream}`, async (model, { store }) => {
    const events = data.map(datum => anEvent(datum))
    const expected = revisionOf(model, stream)
    const revision = expected + events.length
    expect(await store.append(stream, expected, events)).toEqual({ revision, duplicate: false })
    model.appended.push({ stream, revision, events })
  })

const conflict = (stream: string, off: number): Step =>
  step(
    `append to ${stream} at ${off} off`,
    async (model, { store }) => {
      const actual = revisionOf(model, stream)
      const attempt = store.append(stream, actual + off, someEvents(2))
      await expect(attempt).rejects.toEqual(new RevisionConflict(stream, actual + off, actual))
    },
    model => off !== 0 && revisionOf(model, stream) + off >= -1,
  )

const repeat = (which: number, expected: number): Step =>
  step(
    `repeat append ${which}`,
    async (model, { store }) => {
      const known = model.appended.filter(({ events }) => events.length > 0)
      const original = known[which % known.length]
      if (!original) return
      const { stream, revision, events } = original
      expect(await store.append(stream, expected, events)).toEqual({ revision, duplicate: true })
    },
    model => eventsOf(model).length > 0,
  )

const mix = (which: number): Step =>
  step(
    `mix append ${which} with a new event`,
    async (model, { store }) => {
      const known = model.appended.filter(({ events }) => events.length > 0)
      const original = known[which % known.length]
      if (!original) return
      const attempt = store.append(original.stream, revisionOf(model, original.stream), [...original.events, anEvent()])
      await expect(attempt).rejects.toBeInstanceOf(Fault)
    },
    model => eventsOf(model).length > 0,
  )

const readStream = (stream: string, from: number, to: number): Step =>
  step(`read ${stream} from ${from} to ${to}`, async (model, { store }) => {
    const read = await store.readStream(stream, { from, to })
    expect(read.map(encodedOf)).toEqual(eventsOf(model, stream).slice(from, to + 1))
    expect(read.map(event => event.revision)).toEqual(read.map((_, index) => from + index))
  })

const readLog = (limit: number): Step =>
  step(`read the log by ${limit}`, async (model, { store }) => {
    const events = await readCount(store, eventsOf(model).length, limit)
    expect(events.map(encodedOf)).toEqual(eventsOf(model))
  })

const follow = (limit: number): Step =>
  step(`follow by ${limit}`, async (model, { store, tail }) => {
    const page = await store.readLog(tail.position, limit)
    expect(page.next).toBe(page.events.at(-1)?.position ?? tail.position)
    tail.seen.push(...page.events)
    tail.position = page.next
    expect(tail.seen.map(encodedOf)).toEqual(eventsOf(model).slice(0, tail.seen.length))
  })

const reopen: Step = step('reopen', async (_, real) => {
  if (real.test.reopen) real.store = await real.test.reopen()
})

/** As JSON has it: no NUL, which no store takes, and no -0, which JSON has no sign for. */
const json = fc
  .jsonValue({ stringUnit: 'grapheme', depthSize: 'small' })
  .map(value => JSON.stringify(value))
  .filter(text => !text.includes('\\u0000'))
  .map((text): unknown => JSON.parse(text))
const datum = fc.oneof(json, fc.record({ n: fc.integer() }))
const streams = fc.constantFrom('test.Model-a', 'test.Model-b', 'test.Model-a-')
const small = fc.nat({ max: 6 })

const steps = [
  fc.tuple(streams, fc.array(datum, { maxLength: 4 })).map(([stream, data]) => append(stream, data)),
  fc.tuple(streams, fc.integer({ min: -4, max: 4 })).map(([stream, off]) => conflict(stream, off)),
  fc.tuple(fc.nat(), fc.integer({ min: -1, max: 20 })).map(([which, expected]) => repeat(which, expected)),
  fc.nat().map(mix),
  fc.tuple(streams, small, small).map(([stream, from, to]) => readStream(stream, from, to)),
  fc.integer({ min: 1, max: 5 }).map(readLog),
  fc.integer({ min: 1, max: 5 }).map(follow),
  fc.constant(reopen),
]

/** Any sequence of calls leaves the store as a list of acknowledged appends would be. */
export const eventStoreModel = (open: () => Promise<EventStoreUnderTest>, runs: number): void => {
  it('behaves as a list of acknowledged appends, whatever is called in whatever order', {
    timeout: 120_000,
  }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.commands(steps, { maxCommands: 40 }), async commands => {
        await using test = await open()
        const real: Real = { test, store: test.store, tail: { position: LOG_START, seen: [] } }
        const model: Model = { appended: [] }
        await fc.asyncModelRun(() => ({ model, real }), commands)
        const log = await readCount(real.store, eventsOf(model).length)
        expect(log.map(encodedOf)).toEqual(eventsOf(model))
        expect([...real.tail.seen, ...(await readAll(real.store, real.tail.position))]).toEqual(log)
      }),
      { numRuns: runs },
    )
  })
}
