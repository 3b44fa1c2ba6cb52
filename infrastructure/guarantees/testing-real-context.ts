import { randomUUID } from 'node:crypto'
import { createPostgresCheckpoints } from '@mercato/adapters/checkpoints/postgres'
import { createSystemClock } from '@mercato/adapters/clock/system'
import { createKafkaBus, type KafkaBusOptions } from '@mercato/adapters/event-bus/kafka'
import { createPostgresEventStore } from '@mercato/adapters/event-store/postgres'
import { createPostgresParkedMessages } from '@mercato/adapters/parked-messages/postgres'
import { createPool } from '@mercato/adapters/postgres/pool'
import { createMemoryPorts } from '@mercato/adapters/testing/memory-ports'
import { createRedisViewStore } from '@mercato/adapters/view-store/redis'
import {
  type ContextDefinition,
  createContextRuntime,
  createViewReader,
  type Metrics,
} from '@mercato/shared-kernel/application'
import { itemsView, type Moved, movesCodec } from './testing-moves.ts'

export interface RealContextOptions {
  /** Names its topics, groups and checkpoints. */
  readonly context: string
  readonly databaseUrl: string
  readonly brokers: readonly string[]
  readonly redisUrl: string
  /** Before all keys in Redis. */
  readonly prefix: string
  readonly bus?: Partial<KafkaBusOptions>
  readonly definition?: Partial<ContextDefinition<Moved>>
  readonly metrics?: Metrics
}

/** An instance of a small context on PostgreSQL, Kafka and Redis. */
export const openRealContext = async (options: RealContextOptions) => {
  const { context, databaseUrl: url, brokers, redisUrl, prefix, definition } = options
  await using opening = new AsyncDisposableStack()
  const memory = opening.use(createMemoryPorts())
  const { logger } = memory
  const holder = randomUUID()
  const pool = createPool({ url, applicationName: `real-${holder}`, onError: () => undefined })
  opening.defer(() => pool.end())
  const bus = opening.use(createKafkaBus({ brokers, clientId: holder, logger, partitions: 4, ...options.bus }))
  const store = opening.use(createPostgresEventStore({ pool, listenUrl: url, logger }))
  const views = opening.use(createRedisViewStore({ url: redisUrl, prefix, logger }))
  const parked = createPostgresParkedMessages({ pool })
  const checkpoints = createPostgresCheckpoints({ pool })
  const codec = movesCodec(memory.vault)
  const runtime = opening.use(
    createContextRuntime(
      { context, codec, views: [itemsView], translate: () => undefined, ...definition },
      {
        ...{ ...memory, bus, store, views, parked, checkpoints, clock: createSystemClock(), holder },
        ...(options.metrics ? { metrics: options.metrics } : {}),
      },
    ),
  )
  const reader = createViewReader({ view: itemsView, store: views, projector: runtime.projector, waitMs: 200 })
  const opened = opening.move()
  return {
    store,
    bus,
    views,
    parked,
    codec,
    runtime,
    reader,
    logger,
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  }
}
