import { randomUUID } from 'node:crypto'
import { type EventStoreUnderTest, eventStoreContract } from '@mercato/shared-kernel/testing'
import { expect, it } from 'vitest'
import { startProtocolServer } from './eventstoredb/testing/protocol-server.ts'
import { createEventStoreDB } from './eventstoredb.ts'

const logger = { warn: console.warn, error: () => undefined }

/** An empty log: a namespace that nobody used before, on a server that may hold others. */
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

const full = process.env['GUARANTEES'] === 'long'
const size = full ? { appendsPerWriter: 500, modelRuns: 150 } : { appendsPerWriter: 15, modelRuns: 25 }

eventStoreContract(
  'eventstoredb, by its protocol',
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
  size,
)

const address = process.env['EVENT_STORE_URL'] ?? ''
const needed = 'needs a real EventStoreDB, which no package installs: set EVENT_STORE_URL=esdb://…'
if (/^esdb(\+discover)?:/.test(address))
  eventStoreContract('eventstoredb, the real server', () => openOn(address), size)
else if ((process.env['REQUIRE_ADAPTERS'] ?? '').split(',').some(name => name.trim() === 'eventstoredb'))
  it(needed, () => expect.fail('REQUIRE_ADAPTERS names eventstoredb'))
else it.skip(needed, () => undefined)
