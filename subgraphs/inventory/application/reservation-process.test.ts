import { createMemoryEventStore, createMemoryLog } from '@mercato/adapters/event-store/memory'
import { createUuidIds } from '@mercato/adapters/ids/uuid'
import { createMemoryKeyVault } from '@mercato/adapters/key-vault/memory'
import { createFakeClock } from '@mercato/adapters/testing/fake-clock'
import { noMetrics } from '@mercato/adapters/testing/quiet'
import type { EventStore } from '@mercato/shared-kernel/application'
import { describe, expect, it } from 'vitest'
import { createInventoryCodec } from '#infrastructure/event-codec.ts'
import { violations } from '../testing-ledger.ts'
import { type Aggregates, createAggregates } from './aggregates.ts'
import { createReservationProcess } from './reservation-process.ts'

const ORDER = '018f0000-0000-7000-8000-0000000000aa'
const REQUEST = '018f0000-0000-7000-8000-0000000000bb'
const ORIGIN = { correlationId: 'c' }
const lines = [
  { sku: 'A', quantity: 2 },
  { sku: 'B', quantity: 1 },
]

/** Two workers on one log; the first one stops where it is told to, until it is let go. */
const setUp = async () => {
  const log = createMemoryLog()
  const store = createMemoryEventStore({ log })
  const ids = createUuidIds()
  const clock = createFakeClock()
  const codec = createInventoryCodec(createMemoryKeyVault())
  const stall = { at: '', reached: Promise.withResolvers<void>(), go: Promise.withResolvers<void>() }
  const stalling: EventStore = {
    ...store,
    async readStream(streamId, range) {
      if (streamId === stall.at) {
        stall.at = ''
        stall.reached.resolve()
        await stall.go.promise
      }
      return store.readStream(streamId, range)
    },
  }
  const worker = (on: EventStore) => {
    const aggregates = createAggregates({ store: on, ids, metrics: noMetrics }, codec)
    return { aggregates, process: createReservationProcess({ aggregates, ids, clock }) }
  }
  const stalled = worker(stalling)
  const live = worker(store)
  const receive = (sku: string, quantity: number) =>
    live.aggregates.stock.handle(
      live.aggregates.stockId(sku),
      { type: 'receiveStock', data: { sku, productId: sku, quantity } },
      { actor: { kind: 'system', id: 't' }, commandId: ids.next(), correlationId: 'c', now: clock.now() },
    )
  const expiresAt = new Date(clock.now().getTime() + 900_000).toISOString()
  const reserve = (by: typeof live) =>
    by.process.run(
      ORDER,
      REQUEST,
      {
        type: 'openReservation',
        data: { orderId: ORDER, requestId: REQUEST, lines, expiresAt, now: clock.now().toISOString() },
      },
      ORIGIN,
    )
  const stallAt = (sku: string) => {
    stall.at = live.aggregates.stock.streamId(live.aggregates.stockId(sku))
  }
  return { log, clock, stalled, live, receive, reserve, stall, stallAt }
}

const levels = async ({ stock, stockId }: Aggregates, sku: string) => {
  const { state } = await stock.load(stockId(sku))
  return state.status === 'tracked' ? { onHand: state.onHand, reserved: state.reserved } : undefined
}

describe('a worker that stalls in the middle of a reservation and wakes when all is over', () => {
  it('takes nothing after the reservation has expired', async () => {
    const { log, clock, stalled, live, receive, reserve, stall, stallAt } = await setUp()
    await receive('A', 5)
    await receive('B', 5)
    stallAt('B')
    const late = reserve(stalled)
    await stall.reached.promise
    clock.advance(900_000)
    const now = clock.now().toISOString()
    // The one who expires it stands for another process: it neither waits for the stalled one nor finishes its step.
    await live.aggregates.reservations.handle(
      ORDER,
      { type: 'expireReservation', data: { now } },
      { actor: { kind: 'system', id: 't' }, commandId: 'expire', correlationId: 'c', now: clock.now() },
    )
    await live.process.advance(ORDER, ORIGIN)
    stall.go.resolve()
    await late
    expect(await levels(live.aggregates, 'A')).toEqual({ onHand: 5, reserved: 0 })
    expect(await levels(live.aggregates, 'B')).toEqual({ onHand: 5, reserved: 0 })
    expect(violations(log.events)).toEqual([])
    expect((await live.aggregates.reservations.load(ORDER)).state).toMatchObject({ status: 'ended', reason: 'EXPIRED' })
  })

  it('takes nothing after the reservation was refused, also when stock has come in', async () => {
    const { live, stalled, receive, reserve, stall, stallAt } = await setUp()
    await receive('A', 1)
    await receive('B', 5)
    stallAt('A')
    const late = reserve(stalled)
    await stall.reached.promise
    await reserve(live)
    expect((await live.aggregates.reservations.load(ORDER)).state).toMatchObject({ status: 'ended', reason: 'REFUSED' })
    await receive('A', 10)
    stall.go.resolve()
    await late
    expect(await levels(live.aggregates, 'A')).toEqual({ onHand: 11, reserved: 0 })
    expect(await levels(live.aggregates, 'B')).toEqual({ onHand: 5, reserved: 0 })
  })

  it('changes nothing after the reservation was granted to its other self', async () => {
    const { live, stalled, receive, reserve, stall, stallAt } = await setUp()
    await receive('A', 5)
    await receive('B', 5)
    stallAt('A')
    const late = reserve(stalled)
    await stall.reached.promise
    await reserve(live)
    stall.go.resolve()
    await late
    expect(await levels(live.aggregates, 'A')).toEqual({ onHand: 5, reserved: 2 })
    expect((await live.aggregates.reservations.load(ORDER)).state.status).toBe('granted')
  })
})
