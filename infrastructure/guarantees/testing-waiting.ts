import { setTimeout as delay } from 'node:timers/promises'

/** The first value that is not `undefined`; looks again every few milliseconds until the patience ends. */
export const eventually = async <Value>(
  what: string,
  look: () => Value | undefined | Promise<Value | undefined>,
  patienceMs = 30_000,
): Promise<Value> => {
  const until = performance.now() + patienceMs
  for (;;) {
    const found = await look()
    if (found !== undefined) return found
    if (performance.now() > until) throw new Error(`within ${patienceMs} ms it did not come to this: ${what}`)
    await delay(3)
  }
}
