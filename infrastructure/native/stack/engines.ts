import { join } from 'node:path'
import { type ConsulServer, startConsul } from '../consul.ts'
import { type KafkaServer, startKafka } from '../kafka.ts'
import { type PostgresServer, startPostgres } from '../postgres.ts'
import { type RedisServer, startRedis } from '../redis.ts'
import type { PickPort } from './ports.ts'
import { KAFKA_USER, type Secured } from './secured.ts'

/** The real services below the processes of Mercato. */
export interface Engines {
  readonly postgres: PostgresServer
  readonly redis: RedisServer
  readonly kafka: KafkaServer
  readonly consul: ConsulServer
}

const CONNECTIONS = '300'

const outcomeOf = <Value>(settled: PromiseSettledResult<Value>): Value => {
  if (settled.status === 'rejected') throw settled.reason
  return settled.value
}

/** Starts all at once on the data in `folder`; `open` gets them for disposal. */
export const startEngines = async (options: {
  readonly folder: string
  readonly databases: readonly string[]
  readonly secured: Secured | undefined
  readonly pick: PickPort
  readonly say: (sentence: string) => void
  readonly open: AsyncDisposableStack
}): Promise<Engines> => {
  const { folder, databases, secured, pick, say, open } = options
  const password = secured?.password
  const tls = secured && { tls: { ...secured, caFile: secured.certFile } }
  const secure = secured && { secure: { pemFile: secured.bothFile, user: KAFKA_USER, password: secured.password } }
  const [atPostgres, atRedis, atKafka, atConsul] = [
    await pick(5432),
    await pick(6379),
    await pick(9092),
    await pick(8500),
  ]
  const started = await Promise.allSettled([
    startPostgres({
      ...{ dir: join(folder, 'postgres'), port: atPostgres, databases, say },
      ...{ settings: { max_connections: CONNECTIONS }, ...tls },
    }),
    startRedis({ dir: join(folder, 'redis'), port: atRedis, durable: true, ...tls, ...(password ? { password } : {}) }),
    startKafka({ dir: join(folder, 'kafka'), port: atKafka, ...secure }),
    startConsul({ dir: join(folder, 'consul'), port: atConsul, ...tls }),
  ])
  for (const each of started) if (each.status === 'fulfilled') open.use<AsyncDisposable>(each.value)
  const [postgres, redis, kafka, consul] = started
  return { postgres: outcomeOf(postgres), redis: outcomeOf(redis), kafka: outcomeOf(kafka), consul: outcomeOf(consul) }
}
