/** Counts per key and window; `windowEnd` is when the count is worth nothing any more. */
export interface RateCounters {
  get(key: string): number
  increment(key: string, windowEnd: number): void
}

interface Count {
  value: number
  readonly end: number
}

/**
 * Counters in memory for at most `capacity` keys. When full it forgets first what has expired, then what was touched
 * least recently: a flood of keys can reset a quiet client's count, but cannot use up memory.
 */
export function createRateCounters(now: () => number, capacity = 100_000): RateCounters & { readonly size: number } {
  const counts = new Map<string, Count>()
  const live = (key: string): Count | undefined => {
    const count = counts.get(key)
    return count && count.end > now() ? count : undefined
  }
  const makeRoom = () => {
    const time = now()
    for (const [key, count] of counts) if (count.end <= time) counts.delete(key)
    const surplus = counts.size - Math.floor(capacity * 0.9)
    for (const key of [...counts.keys()].slice(0, Math.max(0, surplus))) counts.delete(key)
  }
  return {
    get: key => live(key)?.value ?? 0,
    increment(key, windowEnd) {
      const value = (live(key)?.value ?? 0) + 1
      counts.delete(key)
      if (counts.size >= capacity) makeRoom()
      counts.set(key, { value, end: windowEnd })
    },
    get size() {
      return counts.size
    },
  }
}
