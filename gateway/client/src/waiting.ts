/** Resolves after so many milliseconds, or at once when `signal` aborts. */
export const pause = (milliseconds: number, signal: AbortSignal): Promise<void> =>
  new Promise(resolve => {
    const done = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, milliseconds)
    signal.addEventListener('abort', done)
    if (signal.aborted) done()
  })

/** How long to wait before trying again after so many failures: doubles up to the longest, and differs from client to client, so that not all come back at once. */
export const backoff = (failures: number, { first = 200, longest = 10_000 } = {}): number =>
  Math.min(longest, first * 2 ** Math.min(Math.max(0, failures - 1), 16)) * (0.5 + Math.random() / 2)
