import { createPostgresEventStore } from '@mercato/adapters/event-store/postgres'
import { testDatabase } from '@mercato/adapters/postgres/test-database'
import { createMemoryPorts } from '@mercato/adapters/testing/memory-ports'
import { Money } from '@mercato/shared-kernel/domain'
import { describe, expect, it } from 'vitest'
import { createAggregates } from '#application/aggregates.ts'
import { createPaymentCodec } from '#infrastructure/event-codec.ts'

const PROCESSES = 3
const DOCUMENTS = 20
const database = testDatabase()

describe('invoice numbers', () => {
  it('have no gap and no double, whoever issues at the same moment, and start again with the year', async () => {
    await using open = new AsyncDisposableStack()
    const processes = Array.from({ length: PROCESSES }, () => {
      const memory = open.use(createMemoryPorts())
      const store = open.use(
        createPostgresEventStore({ pool: database.pool(), listenUrl: database.url(), logger: memory.logger }),
      )
      const ports = { ...memory, store }
      return { ...ports, books: createAggregates(ports, createPaymentCodec(ports.vault)).invoices }
    })
    const [first] = processes
    if (!first) throw new TypeError('no process')
    const issue = (year: number, movementId: string, index: number) => {
      const { books, ids, clock } = processes[index % PROCESSES] ?? first
      const kind = index % 4 === 3 ? ('credit_note' as const) : ('invoice' as const)
      const document = { kind, movementId, orderId: movementId, customerId: 'c', amount: Money.money(100, 'EUR') }
      return books.handle(
        String(year),
        { type: 'IssueDocument', data: { ...document, year, issuedAt: `${year}-03-01T00:00:00.000Z` } },
        { actor: { kind: 'system', id: 'test' }, commandId: ids.next(), correlationId: 'c', now: clock.now() },
      )
    }
    const movements = Array.from({ length: DOCUMENTS }, () => first.ids.next())
    // Every movement twice, by different processes: what is documented once stays documented once.
    await Promise.all([...movements, ...movements].map((movementId, index) => issue(2026, movementId, index)))
    await issue(2027, first.ids.next(), 0)

    const numbersOf = async (year: number) =>
      (await first.store.readStream(`payment.Invoices-${year}`)).map(({ data }) => (data as { number: string }).number)
    expect(await numbersOf(2026)).toEqual(movements.map((_, index) => `2026-${String(index + 1).padStart(6, '0')}`))
    expect(await numbersOf(2027)).toEqual(['2027-000001'])
    const documented = (await first.store.readStream('payment.Invoices-2026')).map(
      ({ data }) => (data as { movementId: string }).movementId,
    )
    expect([...documented].sort()).toEqual([...movements].sort())
  })
})
