import type { DeliveredMessage } from '@mercato/shared-kernel/application'
import { createKafkaBus } from '../../kafka.ts'

/** A process that consumes: `node bus-process.ts <brokers> <topic> <group>`. Prints `ready`, then the id of each message it handles. */
const [brokers = '', topic = '', group = ''] = process.argv.slice(2)
const silent = () => undefined
const logger = { debug: silent, info: silent, warn: silent, error: silent }
const bus = createKafkaBus({ brokers: brokers.split(','), clientId: 'child', logger, sessionTimeoutMs: 6_000 })
const handler = async ({ id }: DeliveredMessage): Promise<void> => {
  process.stdout.write(`${id}\n`)
  await new Promise(resolve => setTimeout(resolve, 5))
}
await bus.subscribe({ topic, group, from: 'earliest', handler })
process.stdout.write('ready\n')
process.once('SIGTERM', async () => {
  await bus[Symbol.asyncDispose]()
  process.exit(0)
})
