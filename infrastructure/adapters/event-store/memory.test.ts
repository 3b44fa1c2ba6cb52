import { eventStoreContract } from '@mercato/shared-kernel/testing'
import { createMemoryEventStore, createMemoryLog } from './memory.ts'

eventStoreContract('memory', async () => {
  const log = createMemoryLog()
  let open = createMemoryEventStore({ log })
  return {
    store: open,
    async reopen() {
      await open[Symbol.asyncDispose]()
      open = createMemoryEventStore({ log })
      return open
    },
    [Symbol.asyncDispose]: () => open[Symbol.asyncDispose](),
  }
})
