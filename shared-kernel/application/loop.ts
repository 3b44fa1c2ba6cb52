/** A background loop that runs when woken and at least every `idleMs`; one pass at a time. */
export interface Loop extends AsyncDisposable {
  /** Asks for a pass soon; calls during a pass cause exactly one more. */
  wake(): void
}

/**
 * Starts a loop. `pass` returns true when it wants to run again at once. A pass that throws is reported and tried again
 * after a back-off of 100 ms, doubling to 5 s, however often it is woken. Disposing aborts `signal`, then waits for the pass under way.
 */
export const startLoop = (options: {
  readonly pass: (signal: AbortSignal) => Promise<boolean>
  readonly idleMs: number
  readonly onError: (error: unknown) => void
}): Loop => {
  const { pass, idleMs, onError } = options
  const stop = new AbortController()
  let wakeUp: (() => void) | undefined
  let woken = true

  const sleep = (ms: number): Promise<void> =>
    new Promise(resolve => {
      const done = () => {
        clearTimeout(timer)
        wakeUp = undefined
        resolve()
      }
      const timer = setTimeout(done, ms)
      wakeUp = done
    })

  /** Cut short by the end of the loop only: what wakes it does not heal what failed. */
  const backOff = (ms: number): Promise<void> =>
    new Promise(resolve => {
      const done = () => {
        clearTimeout(timer)
        stop.signal.removeEventListener('abort', done)
        resolve()
      }
      const timer = setTimeout(done, ms)
      stop.signal.addEventListener('abort', done)
    })

  const run = async (): Promise<void> => {
    let failures = 0
    while (!stop.signal.aborted) {
      woken = false
      let again = false
      try {
        again = await pass(stop.signal)
        failures = 0
      } catch (error) {
        if (stop.signal.aborted) return
        onError(error)
        await backOff(Math.min(5_000, 100 * 2 ** failures++))
        continue
      }
      if (!again && !woken && !stop.signal.aborted) await sleep(idleMs)
    }
  }

  const running = run()
  return {
    wake() {
      woken = true
      wakeUp?.()
    },
    async [Symbol.asyncDispose]() {
      stop.abort()
      wakeUp?.()
      await running
    },
  }
}
