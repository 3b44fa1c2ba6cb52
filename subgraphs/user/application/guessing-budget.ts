/** So many wrong attempts in a row an API key has free. */
export const BURST = 100
/** Afterwards so many a second. */
export const PER_SECOND = 10
/** Keys known at a time; those that guessed longest ago are forgotten, as if they had never guessed. */
const MOST_KEYS = 1_000

/**
 * What one API key may guess, over all accounts: whoever tries one password on many does not occupy the hashing of everybody
 * else. Counted in this process alone. What is under way when the budget ends is a debt, which is worked off first; the hasher
 * bounds how much that can be. Times in milliseconds since the epoch.
 */
export interface GuessingBudget {
  /** Milliseconds until this key may try again; 0 lets it. */
  waitMs(apiKey: string, now: number): number
  /** An attempt was wrong. */
  spend(apiKey: string, now: number): void
}

export const createGuessingBudget = (): GuessingBudget => {
  const accounts = new Map<string, { readonly left: number; readonly at: number }>()

  const leftOf = (apiKey: string, now: number): number => {
    const { left, at } = accounts.get(apiKey) ?? { left: BURST, at: now }
    return Math.min(BURST, left + (Math.max(0, now - at) / 1_000) * PER_SECOND)
  }

  return {
    waitMs(apiKey, now) {
      const left = leftOf(apiKey, now)
      return left < 1 ? Math.ceil(((1 - left) / PER_SECOND) * 1_000) : 0
    },
    spend(apiKey, now) {
      const left = leftOf(apiKey, now) - 1
      accounts.delete(apiKey)
      accounts.set(apiKey, { left, at: now })
      const [oldest] = accounts.keys()
      if (accounts.size > MOST_KEYS && oldest !== undefined) accounts.delete(oldest)
    },
  }
}
