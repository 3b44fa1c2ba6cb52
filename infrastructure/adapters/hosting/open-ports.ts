import { readFileSync } from 'node:fs'
import type {
  Clock,
  ContextPorts,
  EventBus,
  EventStore,
  Ids,
  Logger,
  Metrics,
  ViewStore,
} from '@mercato/shared-kernel/application'
import type { Pool } from 'pg'
import { createPostgresCheckpoints } from '../checkpoints/postgres.ts'
import { createPostgresClaims } from '../claims/postgres.ts'
import { createPostgresEventStore } from '../event-store/postgres.ts'
import { createPostgresIdempotencyStore } from '../idempotency-store/postgres.ts'
import { createPostgresKeyVault } from '../key-vault/postgres.ts'
import { createPostgresParkedMessages } from '../parked-messages/postgres.ts'
import { migrate } from '../postgres/migrate.ts'
import { createPool } from '../postgres/pool.ts'
import { createPostgresTimers } from '../timers/postgres.ts'
import { createMemoryViewStore } from '../view-store/memory.ts'
import { databaseOf } from './config.ts'

/** Where the state of a context is. */
export interface Places {
  readonly databaseUrl: string
  /** A streaming replica of the database that holds the log. */
  readonly replicaUrl?: string | undefined
  /** Most connections to the database; 10 when absent. */
  readonly connections?: number
  /** Where the log is when not in the database. */
  readonly eventStoreUrl?: string | undefined
  /** Where the views are; in this process when absent. */
  readonly redisUrl?: string | undefined
  readonly redisCaFile?: string | undefined
}

export interface OpenPortsOptions extends Places {
  readonly context: string
  readonly bus: EventBus
  readonly clock: Clock
  readonly ids: Ids
  readonly logger: Logger
  readonly metrics: Metrics
  readonly holder: string
  readonly secret: string
  /** 32 bytes that wrap people's keys. */
  readonly dataKey: Uint8Array
}

export interface OpenedPorts extends AsyncDisposable {
  readonly ports: ContextPorts
  readonly pool: Pool
}

type Opening = Omit<OpenPortsOptions, 'bus' | 'clock' | 'ids'>

const openPool = (url: string, { context, connections = 10, logger }: Opening, open: AsyncDisposableStack): Pool => {
  const pool = createPool({
    url,
    applicationName: `mercato-${context}`,
    max: connections,
    onError: error => logger.warn('a database connection broke', { context, error }),
  })
  open.defer(() => pool.end())
  return pool
}

const openDatabase = async (url: string, options: Opening, open: AsyncDisposableStack): Promise<Pool> => {
  const pool = openPool(url, options, open)
  await migrate(pool)
  return pool
}

/** The adapter of a place is loaded when it is asked for: the others' clients cost a second of every start. */
const openEventStore = async (pool: Pool, options: Opening, open: AsyncDisposableStack): Promise<EventStore> => {
  const { context, databaseUrl, replicaUrl, eventStoreUrl, logger } = options
  if (eventStoreUrl?.startsWith('esdb')) {
    const { createEventStoreDB } = await import('../event-store/eventstoredb.ts')
    return createEventStoreDB({ connectionString: eventStoreUrl, prefixes: [`${context}.`], logger })
  }
  const replica = replicaUrl === undefined ? {} : { replica: openPool(databaseOf(replicaUrl, context), options, open) }
  if (eventStoreUrl === undefined)
    return createPostgresEventStore({ pool, listenUrl: databaseOf(databaseUrl, context), logger, ...replica })
  const url = databaseOf(eventStoreUrl, context)
  const own = await openDatabase(url, options, open)
  return createPostgresEventStore({ pool: own, listenUrl: url, logger, ...replica })
}

const openViews = async ({ redisUrl: url, redisCaFile, logger }: Opening): Promise<ViewStore> => {
  if (url === undefined) return createMemoryViewStore()
  const { createRedisViewStore } = await import('../view-store/redis.ts')
  const tls = redisCaFile === undefined ? {} : { tls: { ca: readFileSync(redisCaFile, 'utf8') } }
  return createRedisViewStore({ url, ...tls, logger })
}

/** Opens one context's ports where they are, its database migrated first. Disposing closes them and their connections. */
export const openContextPorts = async (options: OpenPortsOptions): Promise<OpenedPorts> => {
  const { context, databaseUrl, dataKey, bus, clock, ids, logger, metrics, holder, secret } = options
  await using opening = new AsyncDisposableStack()
  const pool = await openDatabase(databaseOf(databaseUrl, context), options, opening)
  const ports: ContextPorts = {
    ...{ bus, clock, ids, logger, metrics, holder, secret },
    store: opening.use(await openEventStore(pool, options, opening)),
    views: opening.use(await openViews(options)),
    checkpoints: opening.use(createPostgresCheckpoints({ pool })),
    timers: opening.use(createPostgresTimers({ pool })),
    parked: opening.use(createPostgresParkedMessages({ pool })),
    claims: opening.use(createPostgresClaims({ pool })),
    idempotency: opening.use(createPostgresIdempotencyStore({ pool })),
    vault: opening.use(createPostgresKeyVault({ pool, masterKey: dataKey, cacheMs: 30_000 })),
  }
  const opened = opening.move()
  return { ports, pool, [Symbol.asyncDispose]: () => opened.disposeAsync() }
}
