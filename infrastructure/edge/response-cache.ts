export interface CachedResponse {
  readonly status: number
  readonly headers: Readonly<Record<string, string | readonly string[]>>
  readonly body: Buffer
  /** Milliseconds since the epoch. */
  readonly storedAt: number
  /** Seconds for which it is fresh. */
  readonly ttl: number
}

export interface ResponseCache {
  /** Bodies over this many bytes are not kept. */
  readonly maxBody: number
  get(key: string): CachedResponse | undefined
  set(key: string, response: CachedResponse, keepMs: number): void
  delete(key: string): void
  clear(): void
}

/** A cache in memory of at most `capacity` bytes of bodies; the least recently used leave first. */
export function createResponseCache(
  now: () => number,
  capacity = 64 * 2 ** 20,
): ResponseCache & { readonly bytes: number } {
  const entries = new Map<string, { response: CachedResponse; until: number; size: number }>()
  let bytes = 0
  const remove = (key: string) => {
    bytes -= entries.get(key)?.size ?? 0
    entries.delete(key)
  }
  return {
    maxBody: Math.floor(capacity / 16),
    get(key) {
      const entry = entries.get(key)
      if (!entry) return undefined
      remove(key)
      if (entry.until <= now()) return undefined
      entries.set(key, entry)
      bytes += entry.size
      return entry.response
    },
    set(key, response, keepMs) {
      remove(key)
      const size = response.body.length + 1024
      entries.set(key, { response, until: now() + keepMs, size })
      bytes += size
      for (const oldest of entries.keys()) {
        if (bytes <= capacity) break
        remove(oldest)
      }
    },
    delete: remove,
    clear() {
      entries.clear()
      bytes = 0
    },
    get bytes() {
      return bytes
    },
  }
}
