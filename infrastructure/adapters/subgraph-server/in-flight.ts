/** Requests that run and streams that live, so that a server can stop without cutting off an answer. */
export interface InFlight {
  readonly draining: boolean
  /** Aborts when live streams have to end. */
  readonly ending: AbortSignal
  /** Keeps the drain waiting until the promise settles. */
  track<Value>(running: Promise<Value>): Promise<Value>
  drain(): Promise<void>
}

export const createInFlight = (): InFlight => {
  const ending = new AbortController()
  const running = new Set<Promise<unknown>>()
  return {
    get draining() {
      return ending.signal.aborted
    },
    ending: ending.signal,
    track(promise) {
      running.add(promise)
      const done = () => running.delete(promise)
      promise.then(done, done)
      return promise
    },
    async drain() {
      ending.abort()
      while (running.size > 0) await Promise.allSettled(running)
    },
  }
}
