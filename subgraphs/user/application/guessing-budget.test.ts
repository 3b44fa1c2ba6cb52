import { describe, expect, it } from 'vitest'
import { BURST, createGuessingBudget, type GuessingBudget, PER_SECOND } from './guessing-budget.ts'

/** How many of so many wrong attempts are let through. */
const tried = (budget: GuessingBudget, count: number, now: number, key = 'a'): number => {
  let through = 0
  for (let index = 0; index < count; index++) {
    if (budget.waitMs(key, now) > 0) continue
    budget.spend(key, now)
    through++
  }
  return through
}

describe('what an API key may guess', () => {
  it('is a burst, then ten a second', () => {
    const budget = createGuessingBudget()
    expect(tried(budget, 2 * BURST, 0)).toBe(BURST)
    expect(budget.waitMs('a', 0)).toBe(1_000 / PER_SECOND)
    expect(budget.waitMs('a', 40)).toBe(60)
    expect(tried(budget, 50, 1_000)).toBe(PER_SECOND)
  })

  it('grows no larger than the burst, however long it is quiet', () => {
    const budget = createGuessingBudget()
    tried(budget, 1, 0)
    expect(tried(budget, 2 * BURST, 3_600_000)).toBe(BURST)
  })

  it('is each key’s own', () => {
    const budget = createGuessingBudget()
    tried(budget, BURST, 0)
    expect(budget.waitMs('b', 0)).toBe(0)
  })

  it('has to be worked off where more was under way', () => {
    const budget = createGuessingBudget()
    for (let index = 0; index < BURST + 20; index++) budget.spend('a', 0)
    expect(budget.waitMs('a', 0)).toBe(2_100)
    expect(tried(budget, 50, 2_100)).toBe(1)
  })

  it('does not shrink when a clock goes back', () => {
    const budget = createGuessingBudget()
    tried(budget, 1, 1_000)
    expect(tried(budget, 2 * BURST, 0)).toBe(BURST - 1)
  })

  it('is kept for a bounded number of keys', () => {
    const budget = createGuessingBudget()
    tried(budget, BURST, 0)
    for (let index = 0; index < 1_000; index++) tried(budget, 1, 0, `key ${index}`)
    expect(budget.waitMs('a', 0)).toBe(0)
  })
})
