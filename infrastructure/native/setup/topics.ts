import { readFileSync } from 'node:fs'
import { createAdminSession } from '@mercato/adapters/event-bus/kafka/admin'
import { createTopics } from '@mercato/adapters/event-bus/kafka/topics'
import type { KafkaConfig } from '@mercato/adapters/hosting/config'
import { kafkaConnection } from '@mercato/adapters/hosting/open-bus'
import { createLogger } from '@mercato/adapters/logger/winston'
import { parse } from 'yaml'
import { z } from 'zod'

const FILE = new URL('../../kafka/topics.yml', import.meta.url)
const WITHIN_MS = 30_000
/** kafkajs' number for the configuration of a topic. */
const TOPIC = 2

const shape = z.object({
  partitions: z.int().min(1),
  topics: z.record(z.string(), z.record(z.string(), z.string())),
})

/** The topics that are declared, each with its settings. */
export const declaredTopics = (contexts: readonly string[]) => {
  const { partitions, topics } = shape.parse(parse(readFileSync(FILE, 'utf8')))
  const named = Object.entries(topics).flatMap(([name, settings]) =>
    name.includes('{context}')
      ? contexts.map(context => ({ name: name.replace('{context}', context), settings }))
      : [{ name, settings }],
  )
  return { partitions, topics: named }
}

/** Creates what is missing and gives every topic its settings. Those that are there keep their partitions and messages. */
export const setUpTopics = async (options: {
  readonly kafka: KafkaConfig
  readonly contexts: readonly string[]
  readonly replicationFactor: number | undefined
  readonly say: (line: string) => void
}): Promise<void> => {
  const { contexts, replicationFactor, say } = options
  const logger = createLogger({ level: 'silent' })
  const { partitions, topics } = declaredTopics(contexts)
  const connection = { ...kafkaConnection(options.kafka), clientId: 'mercato-setup', logger }
  await using admin = createAdminSession(connection, WITHIN_MS)
  const there = new Set(await admin.use('listing topics', kafka => kafka.listTopics()))
  const known = createTopics(admin, { partitions, ...(replicationFactor ? { replicationFactor } : {}) })
  for (const { name, settings } of topics) {
    await known.ensure(name)
    const configEntries = Object.entries(settings).map(([key, value]) => ({ name: key, value }))
    const resources = [{ type: TOPIC, name, configEntries }]
    await admin.use(`configuring ${name}`, kafka => kafka.alterConfigs({ validateOnly: false, resources }))
    say(`${name}: ${there.has(name) ? 'was there' : 'created'}`)
  }
}
