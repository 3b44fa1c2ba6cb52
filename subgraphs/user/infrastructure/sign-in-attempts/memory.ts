import type { SignInAttempts } from '#application/ports.ts'
import { FORGET_MS, waitAfter } from './back-off.ts'

interface Entry {
  readonly attempts: number
  readonly last: number
}

/** Attempts in this process only, at most `capacity` keys: the ones tried longest ago are forgotten first. */
export const createMemorySignInAttempts = (capacity = 100_000): SignInAttempts => {
  const entries = new Map<string, Entry>()

  const fresh = (key: string, now: number): Entry | undefined => {
    const entry = entries.get(key)
    return entry && now - entry.last < FORGET_MS ? entry : undefined
  }

  return {
    async begin(key, at) {
      const now = at.getTime()
      const before = fresh(key, now)
      const waitMs = before ? before.last + waitAfter(before.attempts) - now : 0
      if (waitMs > 0) return { waitMs }
      entries.delete(key)
      entries.set(key, { attempts: (before?.attempts ?? 0) + 1, last: now })
      for (const oldest of entries.keys()) {
        if (entries.size <= capacity) break
        entries.delete(oldest)
      }
      return { waitMs: 0 }
    },
    async clear(key) {
      entries.delete(key)
    },
    async tidy(now) {
      for (const key of entries.keys()) if (!fresh(key, now.getTime())) entries.delete(key)
    },
    async [Symbol.asyncDispose]() {
      entries.clear()
    },
  }
}
