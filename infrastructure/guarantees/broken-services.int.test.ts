import { migrate } from '@mercato/adapters/postgres/migrate'
import { createPool } from '@mercato/adapters/postgres/pool'
import { testPostgres } from '@mercato/embedded/testing'
import { type KafkaServer, startKafka } from '@mercato/native/kafka'
import { type RedisServer, startRedis } from '@mercato/native/redis'
import { describeAdapters, serviceFolder } from '@mercato/native/testing'
import { afterAll, beforeAll, beforeEach } from 'vitest'
import type { BrokenServices } from './testing-broken-services.ts'
import { whenKafkaIsDown } from './testing-kafka-outage.ts'
import { oddMessages } from './testing-odd-messages.ts'
import { poisonMessages } from './testing-poison.ts'
import { openRealContext, type RealContextOptions } from './testing-real-context.ts'
import { whenRedisIsGone } from './testing-redis-outage.ts'
import { repeatedMessages } from './testing-repeated-messages.ts'

await describeAdapters(['kafka', 'redis'], () => {
  let kafka: KafkaServer
  let redis: RedisServer
  let run = 0
  let place: Pick<RealContextOptions, 'context' | 'databaseUrl' | 'prefix'>
  beforeAll(async () => {
    ;[kafka, redis] = await Promise.all([startKafka({ dir: serviceFolder() }), startRedis({ dir: serviceFolder() })])
  })
  afterAll(async () => {
    await Promise.all([kafka?.[Symbol.asyncDispose](), redis?.[Symbol.asyncDispose]()])
  })
  beforeEach(async () => {
    const context = `test${++run}`
    const databaseUrl = await (await testPostgres()).createDatabase()
    const pool = createPool({ url: databaseUrl, applicationName: 'prepare', onError: console.error })
    await migrate(pool)
    await pool.end()
    place = { context, databaseUrl, prefix: context }
  })

  const services: BrokenServices = {
    context: () => place.context,
    kafka: () => kafka,
    redis: () => redis,
    open: (over = {}) => openRealContext({ ...place, brokers: kafka.brokers, redisUrl: redis.url, ...over }),
  }
  whenKafkaIsDown(services)
  oddMessages(services)
  poisonMessages({
    name: services.context,
    open: definition => services.open({ bus: { partitions: 1 }, ...(definition ? { definition } : {}) }),
  })
  whenRedisIsGone(services)
  repeatedMessages(services)
})
