import { randomUUID } from 'node:crypto'
import { describeAdapter, testKafka } from '@mercato/native/testing'
import type { EventBus } from '@mercato/shared-kernel/application'
import { eventBusContract } from '@mercato/shared-kernel/testing'
import { evictMembers } from './kafka/testing/evict.ts'
import { createMortalNetwork } from './kafka/testing/mortal-network.ts'
import { createKafkaBus } from './kafka.ts'

const quiet = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined }

await describeAdapter('kafka', () => {
  eventBusContract('Kafka', async () => {
    const brokers = await testKafka()
    const topics: string[] = []
    const dying: PromiseLike<void>[] = []
    const openBus = () => {
      const network = createMortalNetwork()
      const { socketFactory } = network
      const backoff = { firstMs: 5, longestMs: 50 }
      return {
        network,
        bus: createKafkaBus({ brokers, clientId: 'test', logger: quiet, partitions: 4, backoff, socketFactory }),
      }
    }
    let open: { readonly network: { cut(): void }; readonly bus: EventBus } = openBus()
    return {
      bus: open.bus,
      async restart() {
        await open.bus[Symbol.asyncDispose]()
        open = openBus()
        return open.bus
      },
      async crash() {
        open.network.cut()
        dying.push(open.bus[Symbol.asyncDispose]())
        await evictMembers(brokers, topics)
        open = openBus()
        return open.bus
      },
      async topic() {
        const topic = `test.${randomUUID()}`
        topics.push(topic)
        return topic
      },
      async [Symbol.asyncDispose]() {
        await Promise.all([...dying, open.bus[Symbol.asyncDispose]()])
      },
    }
  })
})
