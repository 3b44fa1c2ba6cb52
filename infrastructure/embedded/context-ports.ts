import { createPostgresCheckpoints } from '@mercato/adapters/checkpoints/postgres'
import { createPostgresClaims } from '@mercato/adapters/claims/postgres'
import { createPostgresEventStore } from '@mercato/adapters/event-store/postgres'
import { createPostgresIdempotencyStore } from '@mercato/adapters/idempotency-store/postgres'
import { createPostgresKeyVault } from '@mercato/adapters/key-vault/postgres'
import { createPostgresParkedMessages } from '@mercato/adapters/parked-messages/postgres'
import { migrate } from '@mercato/adapters/postgres/migrate'
import { createPool } from '@mercato/adapters/postgres/pool'
import { createPostgresTimers } from '@mercato/adapters/timers/postgres'
import { createMemoryViewStore } from '@mercato/adapters/view-store/memory'
import type { Clock, ContextPorts, EventBus, Ids, Logger, Metrics } from '@mercato/shared-kernel/application'
import type { Pool } from 'pg'

export interface OpenPortsOptions {
  readonly context: string
  readonly databaseUrl: string
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

const CONNECTIONS = 8

/** Opens one context's ports on its own database, migrated first. Disposing closes them and their connections. */
export const openContextPorts = async (options: OpenPortsOptions): Promise<OpenedPorts> => {
  const { context, databaseUrl, dataKey, ...shared } = options
  const { logger } = shared
  await using opening = new AsyncDisposableStack()
  const pool = createPool({
    url: databaseUrl,
    applicationName: `mercato-${context}`,
    max: CONNECTIONS,
    onError: error => logger.warn('a database connection broke', { context, error }),
  })
  opening.defer(() => pool.end())
  await migrate(pool)
  const ports: ContextPorts = {
    ...shared,
    store: opening.use(createPostgresEventStore({ pool, listenUrl: databaseUrl, logger })),
    views: opening.use(createMemoryViewStore()),
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
