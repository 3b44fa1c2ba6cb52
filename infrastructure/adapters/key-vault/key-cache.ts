/** Keys in memory for a while. What was destroyed here stays out, also when a read under way still brings it. */
export interface KeyCache {
  get(subjectId: string): Uint8Array | undefined
  put(subjectId: string, key: Uint8Array): void
  destroy(subjectId: string): void
  clear(): void
}

const MOST = 10_000

/** `ttlMs` is for how long another process's destruction may go unnoticed; 0 keeps nothing. `now` in milliseconds, any origin. */
export const createKeyCache = (ttlMs: number, now: () => number): KeyCache => {
  const entries = new Map<string, { readonly key: Uint8Array; readonly until: number }>()
  const destroyed = new Set<string>()

  return {
    get(subjectId) {
      const entry = entries.get(subjectId)
      if (!entry || entry.until > now()) return entry?.key
      entries.delete(subjectId)
      return undefined
    },
    put(subjectId, key) {
      if (ttlMs <= 0 || destroyed.has(subjectId)) return
      entries.delete(subjectId)
      entries.set(subjectId, { key, until: now() + ttlMs })
      const oldest = entries.keys().next()
      if (entries.size > MOST && !oldest.done) entries.delete(oldest.value)
    },
    destroy(subjectId) {
      entries.delete(subjectId)
      destroyed.add(subjectId)
    },
    clear: () => entries.clear(),
  }
}
