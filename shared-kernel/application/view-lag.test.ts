import { describe, expect, it, vi } from 'vitest'
import { watchViewLag } from './view-lag.ts'

const START = Date.parse('2030-01-01T12:00:00Z')

/** A watch over two views whose passes are awaited; `told` is what the gauge of a view said last. */
const open = () => {
  let now = START
  const told = new Map<string, number>()
  const everTold: number[] = []
  let looks = 0
  const watch = watchViewLag({
    views: ['orders', 'sagas'],
    patienceMs: 10_000,
    clock: { now: () => new Date(now) },
    metrics: {
      count: () => undefined,
      observe: () => undefined,
      gauge(_, value, labels = {}) {
        looks++
        everTold.push(value)
        told.set(labels['view'] ?? '', value)
      },
    },
    everyMs: 1,
  })
  return {
    watch,
    at: (seconds: number) => new Date(START + seconds * 1_000),
    advance(seconds: number) {
      now += seconds * 1_000
    },
    async look() {
      const before = looks
      await vi.waitFor(() => expect(looks).toBeGreaterThan(before + 4))
      return Object.fromEntries(told)
    },
    everTold,
    [Symbol.asyncDispose]: () => watch[Symbol.asyncDispose](),
  }
}

describe('the lag of a view', () => {
  it('is the age of the oldest event that it applied since the last look, and nothing once it is quiet', async () => {
    await using test = open()
    test.watch.applied('orders', test.at(-3).toISOString())
    test.watch.applied('orders', test.at(-1).toISOString())
    await vi.waitFor(() => expect(test.everTold).toContain(3))
    expect(test.everTold).not.toContain(1)
    expect(await test.look()).toEqual({ orders: 0, sagas: 0 })
  })

  it('grows while nothing is applied because nothing can be, and ends with the pass that leaves nothing out', async () => {
    await using test = open()
    test.advance(9)
    expect(await test.look()).toEqual({ orders: 0, sagas: 0 })
    test.advance(6)
    expect(await test.look()).toEqual({ orders: 15, sagas: 15 })
    test.watch.whole(test.at(15))
    expect(await test.look()).toEqual({ orders: 0, sagas: 0 })
  })
})
