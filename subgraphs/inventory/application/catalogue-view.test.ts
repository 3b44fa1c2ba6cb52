import type { EventEnvelope } from '@mercato/shared-kernel/application'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { availableOf } from '#domain/stock-events.ts'
import { type StockCommand, stockItemDecider } from '#domain/stock-item.ts'
import { type CatalogueEntry, catalogueView, wordsOf } from './catalogue-view.ts'
import type { InventoryEvent } from './context-events.ts'

const NOW = '2026-01-01T00:00:00.000Z'
const EXPIRES = '2026-01-01T00:15:00.000Z'
const key = { sku: 'A', productId: 'p' }

const envelopeOf = (event: InventoryEvent, streamId: string): EventEnvelope<InventoryEvent> => ({
  id: 'e',
  event,
  schemaVersion: 1,
  context: 'inventory',
  streamId,
  revision: 0,
  position: '0',
  occurredAt: NOW,
  actor: { kind: 'system', id: 't' },
  commandId: 'c',
  correlationId: 'c',
})

const orderId = fc.constantFrom('o1', 'o2', 'o3')
const quantity = fc.integer({ min: 1, max: 3 })
const command: fc.Arbitrary<StockCommand> = fc.oneof(
  quantity.map((n): StockCommand => ({ type: 'receiveStock', data: { ...key, quantity: n } })),
  fc
    .integer({ min: -3, max: 3 })
    .map((n): StockCommand => ({ type: 'adjustStock', data: { ...key, delta: n, reason: 'COUNTED' } })),
  fc.tuple(orderId, quantity).map(
    ([id, n]): StockCommand => ({
      type: 'reserveStock',
      data: { sku: 'A', orderId: id, quantity: n, expiresAt: EXPIRES, now: NOW },
    }),
  ),
  orderId.map((id): StockCommand => ({ type: 'releaseStock', data: { orderId: id, expiresAt: EXPIRES, now: NOW } })),
  fc.tuple(orderId, quantity).map(
    ([id, n]): StockCommand => ({
      type: 'commitStock',
      data: { orderId: id, shipmentId: `${id}-${n}`, quantity: n },
    }),
  ),
  fc.tuple(orderId, quantity).map(
    ([id, n]): StockCommand => ({
      type: 'restock',
      data: { orderId: id, returnId: `${id}-${n}`, quantity: n },
    }),
  ),
)

describe('the catalogue view', () => {
  it('knows after every ledger line whether the SKU is in stock, though it looks at few of them', () => {
    fc.assert(
      fc.property(fc.array(command, { maxLength: 40 }), commands => {
        let item = stockItemDecider.initialState
        let entry: CatalogueEntry | undefined
        for (const each of commands) {
          const decision = stockItemDecider.decide(each, item)
          for (const event of decision.outcome === 'accepted' ? decision.events : []) {
            item = stockItemDecider.evolve(item, event)
            const envelope = envelopeOf(event, 'inventory.StockItem-a')
            for (const name of catalogueView.keysOf(envelope)) entry = catalogueView.evolve(entry, envelope, name)
            expect(entry?.inStock ?? false).toBe(item.status === 'tracked' && availableOf(item) > 0)
          }
        }
      }),
    )
  })

  it('does not mind which is known first, the product or its stock', () => {
    const created = envelopeOf(
      {
        type: 'ProductCreated',
        data: {
          ...key,
          name: 'Crème brûlée torch',
          description: '',
          category: 'kitchen',
          attributes: [],
          images: [],
          weightGrams: 1,
          price: { amount: 100, currency: 'EUR' },
        },
      },
      'inventory.Product-p',
    )
    const received = envelopeOf(
      { type: 'StockReceived', data: { ...key, quantity: 2, balance: { onHand: 2, reserved: 0 } } },
      'inventory.StockItem-a',
    )
    const fold = (...envelopes: EventEnvelope<InventoryEvent>[]) =>
      envelopes.reduce<CatalogueEntry | undefined>((entry, each) => catalogueView.evolve(entry, each, 'A'), undefined)
    const early = fold(received)
    expect(early && catalogueView.indexes(early, 'A')).toEqual({})
    expect(fold(received, created)).toEqual(fold(created, received))
    expect(fold(received, created)).toMatchObject({ inStock: true, product: { sku: 'A' } })
  })

  it('compares words without case, accents and signs', () =>
    expect(wordsOf('Crème-BRÛLÉE, Straße №5 日本')).toEqual(['creme', 'brulee', 'straße', 'no5', '日本']))
})
