import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { after, defaultTimings, earlier, retryAt, shipBy } from './saga-timings.ts'
import { now } from './samples.fixture.ts'

describe('the ship-by deadline', () => {
  it('lies between now and the end of the authorisation, whatever the timings', () =>
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 10 ** 10 }),
        fc.integer({ min: 1, max: 10 ** 10 }),
        fc.integer({ min: 1, max: 10 ** 10 }),
        (remaining, shipWithinMs, captureMarginMs) => {
          const end = after(now, remaining)
          const by = shipBy(now, end, { ...defaultTimings, shipWithinMs, captureMarginMs })
          expect(by > now && by < end).toBe(true)
        },
      ),
    ))
})

describe('repeats', () => {
  it('come after growing pauses, up to the longest', () => {
    const pauses = [1, 2, 3, 20, 1_000].map(
      attempt => Date.parse(retryAt(now, attempt, defaultTimings)) - Date.parse(now),
    )
    expect(pauses).toEqual([10_000, 20_000, 40_000, 3_600_000, 3_600_000])
  })
})

it('the earlier of two instants', () => {
  expect(earlier(now, after(now, 1))).toBe(now)
  expect(earlier(after(now, 1), now)).toBe(now)
})
