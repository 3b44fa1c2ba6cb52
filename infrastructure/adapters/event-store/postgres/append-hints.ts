import { randomUUID } from 'node:crypto'
import type { Logger } from '@mercato/shared-kernel/application'
import { Client, type Pool } from 'pg'
import { createHints, type Hints } from '../hints.ts'

const CHANNEL = 'events_appended'
/** At most one NOTIFY in this time: each takes a lock that all committing transactions of the database share. */
const NOTIFY_EVERY_MS = 10
const RECONNECT_MS = { first: 100, longest: 5_000 } as const
/** Looks again this soon for events that are committed but lie behind a running transaction. */
const BLOCKED_MS = { first: 2, longest: 250 } as const

export interface AppendHintsOptions {
  readonly pool: Pool
  /** Where to LISTEN; absent when no other process appends to this log. */
  readonly listenUrl?: string
  readonly pollMs: number
  readonly logger: Pick<Logger, 'warn' | 'error'>
}

export interface AppendHints extends AsyncDisposable {
  readonly add: Hints['add']
  /** This process appended something. */
  readonly appended: () => void
  /** A reader came to the end of what is safe; `blocked` when committed events lie behind a running transaction. */
  readonly reachedEnd: (blocked: boolean) => void
  readonly watched: () => boolean
}

/**
 * Tells listeners that something may have been appended: at once for appends of this process, by LISTEN/NOTIFY for those
 * of others, by polling when a notification got lost. NOTIFY is sent after the append and apart from it, so that
 * appends never queue behind its lock.
 */
export const createAppendHints = ({ pool, listenUrl, pollMs, logger }: AppendHintsOptions): AppendHints => {
  const self = randomUUID()
  const stop = new AbortController()
  const hints = createHints(error => logger.error('a listener of onAppend failed', { error }))
  let poll: NodeJS.Timeout | undefined
  let notifying: NodeJS.Timeout | undefined
  let recheck: NodeJS.Timeout | undefined
  let blockedFor = 0
  let listening: Promise<void> | undefined
  /** Ends whatever listening waits for. */
  let resume: (() => void) | undefined

  const notify = async (): Promise<void> => {
    notifying = undefined
    try {
      await pool.query('select pg_notify($1, $2)', [CHANNEL, self])
    } catch (error) {
      logger.warn('could not tell other processes of an append, they will poll', { error })
    }
  }

  /** Listens on one connection until it ends; whether it ever worked. */
  const listenOnce = async (url: string): Promise<boolean> => {
    const client = new Client({
      connectionString: url,
      application_name: 'event-store-listen',
      connectionTimeoutMillis: 3_000,
      keepAlive: true,
    })
    const ended = new Promise<Error | undefined>(resolve => {
      client.on('error', resolve)
      client.on('end', () => resolve(undefined))
      resume = () => resolve(undefined)
    })
    client.on('notification', ({ payload }) => {
      if (payload !== self) hints.raise()
    })
    let connected = false
    try {
      await client.connect()
      await client.query(`listen ${CHANNEL}`)
      connected = true
      // Whatever was appended while nobody listened.
      hints.raise()
      const error = stop.signal.aborted ? undefined : await ended
      if (!stop.signal.aborted)
        logger.warn('no longer hears of appends by other processes, connecting again', { error })
    } catch (error) {
      if (!stop.signal.aborted) logger.warn('cannot hear of appends by other processes, polling', { error })
    }
    await client.end().catch((error: unknown) => logger.warn('closing the listening connection failed', { error }))
    return connected
  }

  const listen = async (url: string): Promise<void> => {
    let wait: number = RECONNECT_MS.first
    while (!stop.signal.aborted) {
      wait = (await listenOnce(url)) ? RECONNECT_MS.first : Math.min(wait * 2, RECONNECT_MS.longest)
      if (stop.signal.aborted) return
      await new Promise<void>(resolve => {
        resume = resolve
        setTimeout(resolve, wait * (0.5 + Math.random() / 2)).unref()
      })
    }
  }

  return {
    add(onAppend) {
      if (listenUrl !== undefined) listening ??= listen(listenUrl)
      poll ??= setInterval(hints.raise, pollMs).unref()
      return hints.add(onAppend)
    },
    appended() {
      hints.raise()
      if (listenUrl !== undefined) notifying ??= setTimeout(() => void notify(), NOTIFY_EVERY_MS)
    },
    reachedEnd(blocked) {
      blockedFor = blocked ? Math.min(Math.max(BLOCKED_MS.first, blockedFor * 2), BLOCKED_MS.longest) : 0
      if (!blocked || recheck) return
      recheck = setTimeout(() => {
        recheck = undefined
        hints.raise()
      }, blockedFor).unref()
    },
    watched: () => hints.size() > 0,
    async [Symbol.asyncDispose]() {
      stop.abort()
      hints.clear()
      clearInterval(poll)
      clearTimeout(recheck)
      if (notifying) {
        clearTimeout(notifying)
        await notify()
      }
      resume?.()
      await listening
    },
  }
}
