import { randomUUID } from 'node:crypto'
import { type EventStoreUnderTest, eventStoreContract } from '@mercato/shared-kernel/testing'
import { startProtocolServer } from './eventstoredb/testing/protocol-server.ts'
import { createEventStoreDB } from './eventstoredb.ts'

const logger = { warn: console.warn, error: () => undefined }

const openOn = async (connectionString: string): Promise<EventStoreUnderTest> => {
  const namespace = `n${randomUUID().slice(0, 8)}.`
  const openStore = () =>
    createEventStoreDB({ connectionString, prefixes: ['test.', 'TEST.'], namespace, pollMs: 200, logger })
  let open = openStore()
  return {
    store: open,
    async reopen() {
      await open[Symbol.asyncDispose]()
      open = openStore()
      return open
    },
    [Symbol.asyncDispose]: () => open[Symbol.asyncDispose](),
  }
}

eventStoreContract(
  'eventstoredb',
  async () => {
    const server = await startProtocolServer()
    const test = await openOn(`esdb://127.0.0.1:${server.port}?tls=false`)
    return {
      ...test,
      async [Symbol.asyncDispose]() {
        await test[Symbol.asyncDispose]()
        await server[Symbol.asyncDispose]()
      },
    }
  },
  { appendsPerWriter: 10, modelRuns: 10 },
)
