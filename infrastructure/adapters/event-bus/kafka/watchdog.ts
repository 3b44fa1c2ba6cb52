export interface Watchdog {
  /** There is life. */
  readonly sign: () => void
  readonly stop: () => void
}

const LOOK_EVERY_MS = 1_000

/** Calls `onSilence`, once, when no sign came for longer than `limitMs()`, which is asked anew each second. */
export const createWatchdog = (options: {
  readonly limitMs: () => number
  readonly onSilence: (silentMs: number) => void
}): Watchdog => {
  const { limitMs, onSilence } = options
  let last = performance.now()
  const stop = (): void => clearInterval(timer)
  const timer = setInterval(() => {
    const silentMs = performance.now() - last
    if (silentMs <= limitMs()) return
    stop()
    onSilence(silentMs)
  }, LOOK_EVERY_MS).unref()
  return {
    sign() {
      last = performance.now()
    },
    stop,
  }
}
