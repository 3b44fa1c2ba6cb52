import { createHook } from 'node:async_hooks'

/** Sees every argon2 hash that Node computes in this process, while it computes it. */
export const watchHashing = () => {
  const running = new Set<number>()
  let done = 0
  let most = 0
  const hook = createHook({
    init(id, type) {
      if (type !== 'ARGON2REQUEST') return
      running.add(id)
      most = Math.max(most, running.size)
    },
    before(id) {
      if (running.delete(id)) done++
    },
  }).enable()
  return {
    /** Hashes that are computed. */
    done: () => done,
    /** How many there ever were at the same time. */
    most: () => most,
    [Symbol.dispose]: () => void hook.disable(),
  }
}
