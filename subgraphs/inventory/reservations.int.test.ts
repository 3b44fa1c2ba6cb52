import { createPostgresEventStore } from '@mercato/adapters/event-store/postgres'
import { createUuidIds } from '@mercato/adapters/ids/uuid'
import { createMemoryKeyVault } from '@mercato/adapters/key-vault/memory'
import { migrate } from '@mercato/adapters/postgres/migrate'
import { createPool } from '@mercato/adapters/postgres/pool'
import { createFakeClock } from '@mercato/adapters/testing/fake-clock'
import { createRecordingLogger, noMetrics } from '@mercato/adapters/testing/quiet'
import { testPostgres } from '@mercato/embedded/testing'
import { describe, expect, it } from 'vitest'
import { createAggregates } from '#application/aggregates.ts'
import { createReservationProcess } from '#application/reservation-process.ts'
import { createInventoryCodec } from '#infrastructure/event-codec.ts'
import { violations } from './testing-ledger.ts'

/** The reservation process of one of several processes, on the shared database. */
const openProcess = (url: string, stack: AsyncDisposableStack) => {
  const pool = createPool({ url, applicationName: 'inventory-test', max: 8, onError: console.error })
  stack.defer(() => pool.end())
  const store = stack.use(createPostgresEventStore({ pool, listenUrl: url, logger: createRecordingLogger() }))
  const ids = createUuidIds()
  const clock = createFakeClock()
  const aggregates = createAggregates({ store, ids, metrics: noMetrics }, createInventoryCodec(createMemoryKeyVault()))
  return { pool, store, ids, clock, aggregates, process: createReservationProcess({ aggregates, ids, clock }) }
}

describe('200 buyers at once for 50 pieces, in two processes on PostgreSQL', () => {
  it('makes exactly 50 reservations', async () => {
    await using stack = new AsyncDisposableStack()
    const url = await (await testPostgres()).createDatabase()
    const processes = [openProcess(url, stack), openProcess(url, stack)] as const
    const [{ pool, store, ids, clock, aggregates }] = processes
    await migrate(pool)
    await aggregates.stock.handle(
      aggregates.stockId('HOT'),
      { type: 'receiveStock', data: { sku: 'HOT', productId: ids.next(), quantity: 50 } },
      { actor: { kind: 'system', id: 't' }, commandId: ids.next(), correlationId: 't', now: clock.now() },
    )
    const expiresAt = '2026-01-01T00:15:00.000Z'
    const outcomes = await Promise.all(
      Array.from({ length: 200 }, async (_, buyer) => {
        const { process } = processes[buyer % 2 === 0 ? 0 : 1]
        const [orderId, requestId] = [ids.next(), ids.next()]
        const lines = [{ sku: 'HOT', quantity: 1 }]
        const data = { orderId, requestId, lines, expiresAt, now: clock.now().toISOString() }
        await process.run(orderId, requestId, { type: 'openReservation', data }, { correlationId: 't' })
        return (await aggregates.reservations.load(orderId)).state.status
      }),
    )
    expect(outcomes.filter(status => status === 'granted')).toHaveLength(50)
    expect(outcomes.filter(status => status === 'ended')).toHaveLength(150)
    const { state } = await aggregates.stock.load(aggregates.stockId('HOT'))
    expect(state).toMatchObject({ onHand: 50, reserved: 50 })
    const { events } = await store.readLog('', 5_000)
    expect(violations(events)).toEqual([])
  })
})
