import { setTimeout as delay } from 'node:timers/promises'
import { MalformedSettings } from '../settings/read-settings.ts'

const FIRST_MS = 200
const LONGEST_MS = 5_000

/**
 * Tries until it succeeds, with growing pauses: what a process needs may start after it. `onFailure` is told of each failure.
 * Rejects only with {@link MalformedSettings}, which waiting does not mend, and with the signal's reason once it aborts.
 */
export const untilItSucceeds = async <Result>(
  attempt: () => Promise<Result>,
  { signal, onFailure }: { readonly signal: AbortSignal; readonly onFailure: (error: unknown) => void },
): Promise<Result> => {
  for (let pause = FIRST_MS; ; pause = Math.min(LONGEST_MS, pause * 2)) {
    signal.throwIfAborted()
    try {
      return await attempt()
    } catch (error) {
      if (error instanceof MalformedSettings) throw error
      onFailure(error)
    }
    await delay(pause * (0.5 + Math.random() / 2), undefined, { signal })
  }
}
