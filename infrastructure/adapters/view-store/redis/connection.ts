import type { ConnectionOptions } from 'node:tls'
import { Fault, type Logger } from '@mercato/shared-kernel/application'
import { Redis, ReplyError } from 'ioredis'

export interface RedisConnectionOptions {
  /** `redis://…`, or `rediss://…` for TLS; user, password and database as usual. */
  readonly url: string
  /** For `rediss://`: the authority to trust, a client certificate. */
  readonly tls?: ConnectionOptions
  /** The longest a command may take before it is a fault. */
  readonly timeoutMs: number
  readonly logger: Pick<Logger, 'info' | 'warn'>
}

const LONGEST_RECONNECT_MS = 1_000

/** Waits before each try to connect again: quick at first, never more than a second, and not all clients at once. */
const reconnectMs = (tries: number): number =>
  Math.min(LONGEST_RECONNECT_MS, 25 * 2 ** tries) * (0.5 + Math.random() / 2)

/** A client that never queues: what cannot be sent, or is not answered in time, fails. It reconnects for ever. */
export const openRedis = ({ url, tls, timeoutMs, logger }: RedisConnectionOptions): Redis => {
  const redis = new Redis(url, {
    connectionName: 'mercato-views',
    connectTimeout: timeoutMs,
    commandTimeout: timeoutMs,
    maxRetriesPerRequest: 0,
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    retryStrategy: reconnectMs,
    reconnectOnError: error => error.message.startsWith('READONLY'),
    ...(tls ? { tls } : {}),
  })
  let reported: string | undefined
  redis.on('error', error => {
    if (error.message === reported) return
    reported = error.message
    logger.warn('Redis is not reachable, trying again', { error })
  })
  redis.on('ready', () => {
    if (reported !== undefined) logger.info('Redis is reachable again')
    reported = undefined
    void warnOfEviction(redis, logger)
  })
  return redis
}

/** Views cannot lose single keys: a server that evicts them gives wrong lists and says nothing. */
const warnOfEviction = async (redis: Redis, logger: Pick<Logger, 'warn'>): Promise<void> => {
  try {
    const policy = /maxmemory_policy:(\S+)/.exec(await redis.info('memory'))?.[1]
    if (policy !== undefined && policy !== 'noeviction')
      logger.warn('Redis may evict keys of views: set maxmemory-policy to noeviction', { policy })
  } catch (error) {
    logger.warn("Redis' eviction policy could not be read", { error })
  }
}

/**
 * Waits, at most `withinMs`, for a client that is just connecting; one that lost its connection is not waited for.
 * However many wait, there is one wait.
 */
export const createConnecting = (redis: Redis, withinMs: number): (() => Promise<void> | undefined) => {
  let waiting: Promise<void> | undefined

  const wait = (): Promise<void> =>
    new Promise(resolve => {
      const settle = () => {
        clearTimeout(timer)
        redis.off('ready', settle).off('close', settle)
        waiting = undefined
        resolve()
      }
      const timer = setTimeout(settle, withinMs)
      redis.once('ready', settle).once('close', settle)
    })

  return () => {
    if (redis.status !== 'connecting' && redis.status !== 'connect') return undefined
    waiting ??= wait()
    return waiting
  }
}

/** Answers that say something about the server's state, not about the command. */
const PASSING = /^(LOADING|BUSY|READONLY|OOM|MASTERDOWN|CLUSTERDOWN|TRYAGAIN|NOREPLICAS|MISCONF|NOAUTH|WRONGPASS)\b/

/** What a failed command is for those who called: worth another try, unless Redis understood and refused it. */
export const faultOf = (error: unknown): Fault =>
  error instanceof ReplyError && error instanceof Error && !PASSING.test(error.message)
    ? new Fault('INTERNAL_SERVER_ERROR', 'The view store refused a command.', error)
    : new Fault('SERVICE_UNAVAILABLE', 'The view store is not available. Try again in a moment.', error)
