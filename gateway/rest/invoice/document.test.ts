import { Money } from '@mercato/shared-kernel/domain'
import { describe, expect, it } from 'vitest'
import { sellerFrom } from '../../settings.ts'
import { DEMO_SELLER } from '../seller.ts'
import { billOf, type GraphInvoice } from './bill.ts'
import { invoiceDocument } from './document.ts'

const eur = (amount: string) => ({ amount, currency: 'EUR' })
const cents = (amount: number) => Money.money(amount, 'EUR')

/** Three cups at 10.00 and a lamp at 5.00 with 19 % tax, 4.90 carriage; the cups went first, one came back. */
const order: GraphInvoice['order'] = {
  number: 'M-2026-ABC',
  placedAt: '2026-03-01T10:00:00.000Z',
  customer: { username: 'bea' },
  lines: [
    { sku: 'CUP', name: 'Cup', unitPrice: eur('10.00') },
    { sku: 'LAMP', name: 'Lamp', unitPrice: eur('5.00') },
  ],
  totals: { shipping: eur('4.90'), tax: eur('7.58'), grandTotal: eur('47.48') },
  shipments: [
    { id: 's1', amount: eur('41.53'), lines: [{ sku: 'CUP', quantity: 3 }] },
    { id: 's2', amount: eur('5.95'), lines: [{ sku: 'LAMP', quantity: 1 }] },
  ],
  returns: [{ id: 'r1', lines: [{ sku: 'CUP', quantity: 1 }] }],
  shippingAddress: {
    name: 'Bea Buyer',
    line1: 'Road 1',
    line2: null,
    city: 'Berlin',
    postalCode: '10115',
    region: null,
    country: 'DE',
  },
  billingAddress: null,
  invoices: [
    { number: '2026-000001', kind: 'INVOICE' },
    { number: '2026-000003', kind: 'CREDIT_NOTE' },
  ],
}
const invoice = (changes: Partial<GraphInvoice> = {}): GraphInvoice => ({
  number: '2026-000001',
  kind: 'INVOICE',
  amount: eur('41.53'),
  issuedAt: '2026-03-02T23:30:00.000Z',
  cause: 's1',
  reason: null,
  order,
  ...changes,
})

describe('the numbers of an invoice', () => {
  it('are the pieces of its shipment, the carriage with the first one, and tax', () => {
    expect(billOf(invoice())).toEqual({
      lines: [{ sku: 'CUP', name: 'Cup', quantity: 3, unitPrice: cents(1_000), total: cents(3_000) }],
      items: cents(3_000),
      shipping: cents(490),
      tax: cents(663),
      total: cents(4_153),
    })
    const second = billOf(invoice({ cause: 's2', amount: eur('5.95') }))
    expect([second.items, second.shipping, second.tax]).toEqual([cents(500), cents(0), cents(95)])
  })
  it('are, for a return, the pieces that came back, without carriage', () => {
    const bill = billOf(invoice({ kind: 'CREDIT_NOTE', cause: 'r1', amount: eur('11.90'), reason: 'RETURN' }))
    expect([bill.lines.length, bill.items, bill.shipping, bill.tax]).toEqual([1, cents(1_000), cents(0), cents(190)])
  })
  it.each([
    ['a refund for no pieces', { kind: 'CREDIT_NOTE', cause: null, amount: eur('10.00') }],
    ['a shipment that is not there', { cause: 'gone', amount: eur('10.00') }],
    ['less than its pieces cost', { cause: 's1', amount: eur('10.00') }],
  ] as const)('tell only tax apart for %s', (_what, changes) => {
    expect(billOf(invoice(changes))).toEqual({
      lines: [],
      items: cents(840),
      shipping: cents(0),
      tax: cents(160),
      total: cents(1_000),
    })
  })
  it('tell only tax apart for the rest of a shipment of which a part had been taken before', () =>
    expect(billOf(invoice({ cause: 's1', amount: eur('41.00') }))).toEqual({
      lines: [],
      items: cents(3_445),
      shipping: cents(0),
      tax: cents(655),
      total: cents(4_100),
    }))
  it('always add up', () => {
    for (const cause of ['s1', 's2', 'r1', null])
      for (let amount = 0; amount < 6_000; amount += 7) {
        const { items, shipping, tax, total } = billOf(invoice({ cause, amount: eur((amount / 100).toFixed(2)) }))
        expect(items.amount + shipping.amount + tax.amount).toBe(total.amount)
      }
  })
})

describe('the document', () => {
  it('names both parties, what was bought, the sums, the number and the date', () => {
    const text = invoiceDocument(invoice(), DEMO_SELLER)
    for (const part of [
      '<h1>Invoice 2026-000001</h1>',
      DEMO_SELLER.name,
      DEMO_SELLER.taxId,
      'Bea Buyer<br>Road 1<br>10115 Berlin<br>Germany<br>',
      '2 March 2026',
      'M-2026-ABC',
      'Cup<small>CUP</small>',
      '€30.00',
      '€4.90',
      '€6.63',
      '€41.53',
    ])
      expect(text).toContain(part)
  })
  it('of a refund says what it refers to and why', () => {
    const text = invoiceDocument(
      invoice({ kind: 'CREDIT_NOTE', number: '2026-000003', cause: null, amount: eur('10.00'), reason: 'A scratch' }),
      DEMO_SELLER,
    )
    for (const part of ['Credit note 2026-000003', 'For invoice</dt><dd>2026-000001', 'A scratch', '€10.00'])
      expect(text).toContain(part)
    expect(text).not.toContain('Shipping')
  })
  it('takes whatever people wrote for text', () => {
    const nasty = `<script>alert("x")</script><img src=x onerror='y'>&amp;`
    const people = {
      name: nasty,
      line1: nasty,
      line2: nasty,
      city: nasty,
      postalCode: nasty,
      region: nasty,
      country: nasty,
    }
    const lines = order.lines.map(line => ({ ...line, sku: line.sku, name: nasty }))
    const nastyOrder = { ...order, number: nasty, lines, billingAddress: people, customer: { username: nasty } }
    for (const changes of [{}, { kind: 'CREDIT_NOTE', cause: null, reason: nasty }] as const) {
      const text = invoiceDocument(invoice({ ...changes, number: nasty, order: nastyOrder }), {
        name: nasty,
        address: [nasty],
        taxId: nasty,
      })
      expect(text).not.toMatch(/<script|<img|onerror='/)
      expect(text).toContain(
        '&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;&lt;img src=x onerror=&#39;y&#39;&gt;&amp;amp;',
      )
    }
  })
  it('is there for somebody whose address is gone, too', () => {
    const text = invoiceDocument(invoice({ order: { ...order, shippingAddress: null, customer: null } }), DEMO_SELLER)
    expect(text).toContain('The customer')
  })
})

describe('the seller', () => {
  it('is made up until the settings say who it is', () => {
    expect(sellerFrom({ SELLER_NAME: '' })).toEqual(DEMO_SELLER)
    const given = { SELLER_NAME: 'Cups Ltd', SELLER_ADDRESS: 'Road 1; 1000 Town', SELLER_TAX_ID: 'X1' }
    expect(sellerFrom(given)).toEqual({ name: 'Cups Ltd', address: ['Road 1', '1000 Town'], taxId: 'X1' })
    expect(() => sellerFrom({ SELLER_TAX_ID: 'x'.repeat(61) })).toThrow(
      'SELLER_TAX_ID must have at most 60 characters.',
    )
  })
})
