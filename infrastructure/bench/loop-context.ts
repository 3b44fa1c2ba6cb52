import { randomUUID } from 'node:crypto'
import { createPostgresCheckpoints } from '@mercato/adapters/checkpoints/postgres'
import { createSystemClock } from '@mercato/adapters/clock/system'
import { createInProcessBus } from '@mercato/adapters/event-bus/in-process'
import { createKafkaBus } from '@mercato/adapters/event-bus/kafka'
import { createPostgresEventStore } from '@mercato/adapters/event-store/postgres'
import { createPool } from '@mercato/adapters/postgres/pool'
import { createMemoryPorts } from '@mercato/adapters/testing/memory-ports'
import { createMemoryViewStore } from '@mercato/adapters/view-store/memory'
import { createRedisViewStore } from '@mercato/adapters/view-store/redis'
import {
  type CommandContext,
  createAggregate,
  createContextRuntime,
  createEventCodec,
  type View,
} from '@mercato/shared-kernel/application'
import { accept, type Command, type Decider } from '@mercato/shared-kernel/domain'

type Moved = { readonly type: 'Moved'; readonly data: { readonly place: string } }
interface Item {
  readonly moves: number
  readonly place: string
}

const item: Decider<Item, Command<'Move', { readonly place: string }>, Moved> = {
  initialState: { moves: 0, place: '' },
  decide: ({ data }) => accept({ type: 'Moved', data }),
  evolve: ({ moves }, { data }) => ({ moves: moves + 1, place: data.place }),
}

const itemsView: View<Moved, Item> = {
  name: 'items',
  version: 1,
  categories: ['bench.Item'],
  keysOf: ({ streamId }) => [streamId],
  evolve: (before, { event }) => ({ moves: (before?.moves ?? 0) + 1, place: event.data.place }),
  indexes: ({ place }) => ({ all: [''], [`place:${place}`]: [''] }),
}

export const streamOf = (id: string | number): string => `bench.Item-${id}`

export interface Places {
  readonly databaseUrl: string
  /** Kafka and Redis; the bus in this process and views in memory when absent. */
  readonly engines?: { readonly brokers: readonly string[]; readonly redisUrl: string; readonly prefix: string }
}

/** A process of a small context with everything that a real one has: command handler, relay, projector, feed. */
export const openContext = async ({ databaseUrl: url, engines }: Places) => {
  await using opening = new AsyncDisposableStack()
  const memory = opening.use(createMemoryPorts())
  const { logger, ids, clock } = memory
  const holder = randomUUID()
  const pool = createPool({ url, applicationName: 'bench', max: 40, onError: console.error })
  opening.defer(() => pool.end())
  const checkpoints = createPostgresCheckpoints({ pool })
  const bus = opening.use(
    engines
      ? createKafkaBus({ brokers: engines.brokers, clientId: holder, logger })
      : createInProcessBus({ checkpoints, logger }),
  )
  const store = opening.use(createPostgresEventStore({ pool, listenUrl: url, logger }))
  const views = opening.use(
    engines
      ? createRedisViewStore({ url: engines.redisUrl, prefix: engines.prefix, logger, timeoutMs: 5_000 })
      : createMemoryViewStore(),
  )
  const codec = createEventCodec<Moved>('bench', { Moved: { version: 1 } }, memory.vault)
  const runtime = opening.use(
    createContextRuntime(
      { context: 'bench', codec, views: [itemsView], translate: () => undefined },
      { ...memory, bus, store, views, checkpoints, clock: createSystemClock(), holder },
    ),
  )
  const items = createAggregate({ category: 'bench.Item', decider: item, codec, store, ids, cached: 5_000 })
  const opened = opening.move()
  return {
    store,
    pool,
    runtime,
    /** One command, from loading to the acknowledged append. */
    move(id: string | number) {
      const command: CommandContext = {
        actor: { kind: 'system', id: 'bench' },
        commandId: ids.next(),
        correlationId: 'bench',
        now: clock.now(),
      }
      return items.handle(String(id), { type: 'Move', data: { place: 'here' } }, command)
    },
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  }
}

export type BenchContext = Awaited<ReturnType<typeof openContext>>
