/** Listeners of `onAppend`, called together and off the caller's stack. */
export interface Hints {
  readonly add: (listener: () => void) => () => void
  /** Calls every listener soon; calls before that happens coalesce. */
  readonly raise: () => void
  readonly size: () => number
  readonly clear: () => void
}

/** @param onError receives what a listener throws; the others are called all the same */
export const createHints = (onError: (error: unknown) => void): Hints => {
  const listeners = new Map<symbol, () => void>()
  let raised = false

  const call = (): void => {
    raised = false
    for (const listener of [...listeners.values()]) {
      try {
        listener()
      } catch (error) {
        onError(error)
      }
    }
  }

  return {
    add(listener) {
      const key = Symbol('listener')
      listeners.set(key, listener)
      return () => {
        listeners.delete(key)
      }
    },
    raise() {
      if (raised || listeners.size === 0) return
      raised = true
      queueMicrotask(call)
    },
    size: () => listeners.size,
    clear: () => listeners.clear(),
  }
}
