import type { Logger } from '@mercato/shared-kernel/application'
import { createHints, type Hints } from '../hints.ts'

const RECONNECT_MS = { first: 100, longest: 5_000 } as const

export interface AppendHintsOptions {
  /** Calls back for what comes in, first when it begins to listen; settles when that ends or `signal` aborts. */
  readonly follow: (onEvent: () => void, signal: AbortSignal) => Promise<void>
  readonly pollMs: number
  readonly logger: Pick<Logger, 'warn' | 'error'>
}

export interface AppendHints extends AsyncDisposable {
  readonly add: Hints['add']
  /** This process appended something. */
  readonly appended: () => void
}

/**
 * Tells listeners that something may have been appended: at once for appends of this process, by a subscription for those
 * of others, by polling while there is none. Listening again is a hint itself: what came in meanwhile was not heard.
 */
export const createAppendHints = ({ follow, pollMs, logger }: AppendHintsOptions): AppendHints => {
  const stop = new AbortController()
  const hints = createHints(error => logger.error('a listener of onAppend failed', { error }))
  let poll: NodeJS.Timeout | undefined
  let following: Promise<void> | undefined

  const pause = (ms: number): Promise<void> =>
    new Promise(resolve => {
      const done = () => {
        clearTimeout(timer)
        stop.signal.removeEventListener('abort', done)
        resolve()
      }
      const timer = setTimeout(done, ms).unref()
      stop.signal.addEventListener('abort', done)
    })

  const keepFollowing = async (): Promise<void> => {
    let wait: number = RECONNECT_MS.first
    const heard = () => {
      wait = RECONNECT_MS.first
      hints.raise()
    }
    while (!stop.signal.aborted) {
      const error = await follow(heard, stop.signal).then(
        () => undefined,
        (thrown: unknown) => thrown,
      )
      if (stop.signal.aborted) return
      logger.warn('no longer hears of appends by other processes, subscribing again', { error })
      await pause(wait * (0.5 + Math.random() / 2))
      wait = Math.min(wait * 2, RECONNECT_MS.longest)
    }
  }

  return {
    add(onAppend) {
      following ??= keepFollowing()
      poll ??= setInterval(hints.raise, pollMs).unref()
      return hints.add(onAppend)
    },
    appended: hints.raise,
    async [Symbol.asyncDispose]() {
      stop.abort()
      hints.clear()
      clearInterval(poll)
      await following
    },
  }
}
