import type { Address, Money } from '@mercato/shared-kernel/domain'
import type { OrderDraft, OrderFact } from './order-events.ts'
import type { OrderLine } from './order-lines.ts'

export const orderId = '018f0000-0000-7000-8000-0000000000aa'
export const customerId = '018f0000-0000-7000-8000-0000000000bb'
export const now = '2026-03-01T12:00:00.000Z'
export const later = '2026-03-01T13:00:00.000Z'
export const shipBy = '2026-03-06T12:00:00.000Z'

export const eur = (amount: number): Money.Money => ({ amount, currency: 'EUR' })

export const address: Address = { name: 'Ada', line1: 'Lane 1', city: 'Berlin', postalCode: '10115', country: 'DE' }

export const mugs: OrderLine = {
  productId: 'mug',
  sku: 'MUG-1',
  name: 'Mug',
  unitPrice: eur(1_000),
  quantity: 3,
  tax: eur(571),
}
export const pens: OrderLine = {
  productId: 'pen',
  sku: 'PEN-1',
  name: 'Pen',
  unitPrice: eur(100),
  quantity: 1,
  tax: eur(19),
}

/** Three mugs (35.71 with tax), a pen (1.19) and shipping (5.95). */
export const draft: OrderDraft = {
  orderId,
  number: 'M-2026-7K3QX9',
  customerId,
  lines: [mugs, pens],
  totals: { items: eur(3_100), shipping: eur(500), tax: eur(685), grandTotal: eur(4_285) },
  shippingAddress: address,
  paymentMethodId: 'pm-1',
  at: now,
}

export const fact: OrderFact = { orderId, customerId, at: now }
