import { setTimeout as delay } from 'node:timers/promises'
import { Fault } from './faults.ts'

const FIRST_MS = 100
const LONGEST_MS = 1_000

/** Worth another try: what was needed did not answer, or somebody else was in the way. */
export const isPassing = (error: unknown): boolean => error instanceof Fault && error.retryable

/**
 * Runs a handler again for as long as what it needs does not answer: an outage is not the message's fault, and must not have it
 * parked. Anything else rejects at once, and so does an outage when `signal` aborts.
 */
export const untilItPasses =
  <Message>(signal: AbortSignal, handle: (message: Message) => Promise<void>) =>
  async (message: Message): Promise<void> => {
    for (let pause = FIRST_MS; ; pause = Math.min(LONGEST_MS, pause * 2)) {
      try {
        return await handle(message)
      } catch (error) {
        if (!isPassing(error) || signal.aborted) throw error
      }
      await delay(pause, undefined, { signal })
    }
  }
