const STEP_MS = 10

/** Time as this process lives through it, in milliseconds. */
export interface LivedTime extends Disposable {
  /** Starts a stopwatch, which gives what has passed since. */
  measure(): () => number
}

/**
 * A clock for promises about time that stands still while others have the machine: it counts timers that fired, which come late together
 * with everything else, and the processor time that we used, which nobody else can make more of.
 */
export const createLivedTime = (): LivedTime => {
  let ticks = 0
  const timer = setInterval(() => ticks++, STEP_MS)
  return {
    measure() {
      const [from, used] = [ticks, process.cpuUsage()]
      return () => {
        const { user, system } = process.cpuUsage(used)
        return Math.max((ticks - from) * STEP_MS, (user + system) / 1_000)
      }
    },
    [Symbol.dispose]: () => clearInterval(timer),
  }
}
