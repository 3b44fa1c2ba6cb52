import type { Checkpoints } from '@mercato/shared-kernel/application'
import { eventBusContract } from '@mercato/shared-kernel/testing'
import { createMemoryCheckpoints } from '../checkpoints/memory.ts'
import { createInProcessBus } from './in-process.ts'

const logger = { warn: () => undefined, error: () => undefined }
let topics = 0

eventBusContract('in-process', async () => {
  const durable = createMemoryCheckpoints()
  /** Checkpoints that stop writing when their process is killed. */
  const openBus = () => {
    let alive = true
    const checkpoints: Checkpoints = {
      ...durable,
      save: (name, position) => (alive ? durable.save(name, position) : Promise.reject(new Error('killed'))),
    }
    const bus = createInProcessBus({ checkpoints, logger, backoff: { firstMs: 5, longestMs: 50 } })
    return {
      bus,
      kill() {
        alive = false
      },
    }
  }
  let open = openBus()
  return {
    bus: open.bus,
    async restart() {
      await open.bus[Symbol.asyncDispose]()
      open = openBus()
      return open.bus
    },
    async crash() {
      const { bus, kill } = open
      kill()
      // Its handlers must not go on into the next life; what they report is not saved any more.
      await bus[Symbol.asyncDispose]()
      open = openBus()
      return open.bus
    },
    topic: async () => `topic-${++topics}`,
    [Symbol.asyncDispose]: () => open.bus[Symbol.asyncDispose](),
  }
})
