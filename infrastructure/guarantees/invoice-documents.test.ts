import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ordered, type Person, payingWith, person, stocked } from './testing-people.ts'
import { openSystem, type System } from './testing-system.ts'
import { eventually } from './testing-waiting.ts'

let system: System
let buyer: Person
let staff: Person
let number: string
let creditNote: string
let total: string

const read = async (path: string, token?: string, headers: Record<string, string> = {}) => {
  const authorization = token === undefined ? {} : { authorization: `Bearer ${token}` }
  const response = await system.gateway.fetch(
    new Request(`http://gateway/api/v1/invoices/${path}`, { headers: { ...authorization, ...headers } }),
  )
  return { status: response.status, headers: response.headers, text: await response.text() }
}

beforeAll(async () => {
  system = await openSystem()
  staff = await person(system, 'staff', 'MERCHANDISER', 'SUPPORT')
  buyer = await person(system, 'buyer')
  await stocked(staff, 'CUP', 5)
  await stocked(staff, 'LAMP', 5, '5.00')
  const lines = [
    { sku: 'CUP', quantity: 2 },
    { sku: 'LAMP', quantity: 1 },
  ]
  const orderId = await ordered(buyer, await payingWith(buyer), lines)
  const orderOf = async () =>
    (
      await buyer.send(
        'query ($id: ID!) { order(id: $id) { status totals { grandTotal { amount } } invoices { number kind amount { amount } } } }',
        { id: orderId },
      )
    ).data.order
  const documents = (count: number) =>
    eventually(`${count} documents`, async () => {
      const { invoices } = await orderOf()
      return invoices.length >= count ? invoices : undefined
    })
  await eventually('confirmed', async () => (await orderOf()).status === 'CONFIRMED' || undefined)
  total = (await orderOf()).totals.grandTotal.amount
  const parcel = { orderId, carrier: 'DHL', trackingNumber: 'T1' }
  await staff.tell('shipOrder', { ...parcel, lines: [{ sku: 'CUP', quantity: 1 }] }, '')
  number = (await documents(1))[0].number
  await staff.tell('shipOrder', parcel, '')
  const [first, second] = await documents(2)
  expect((Number(first.amount.amount) + Number(second.amount.amount)).toFixed(2)).toBe(total)
  const input = { paymentId: orderId, amount: { amount: '2.00', currency: 'EUR' }, reason: 'A <b>scratch</b> & more' }
  await staff.tell('refundPayment', input, '')
  creditNote = (await documents(3))[2].number
})
afterAll(() => system[Symbol.asyncDispose]())

describe('the document of an invoice', () => {
  it('is a page for its customer, that runs nothing and loads nothing', async () => {
    const { status, headers, text } = await read(`${number}/document`, buyer.token)
    expect([status, headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8'])
    expect(headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(headers.get('cache-control')).toBe('no-store')
    for (const part of [`Invoice ${number}`, 'Bea Buyer', 'Product CUP', '€10.00', 'Shipping', 'Tax', 'Total'])
      expect(text).toContain(part)
    expect(text).not.toContain('Product LAMP')
  })
  it('is not sent again to who has it', async () => {
    const { headers } = await read(`${number}/document`, buyer.token)
    const again = await read(`${number}/document`, buyer.token, { 'if-none-match': headers.get('etag') ?? '' })
    expect([again.status, again.text]).toEqual([304, ''])
  })
  it('is there for staff who may read payments', async () => {
    expect((await read(`${number}/document`, staff.token)).status).toBe(200)
  })
  it('is nobody else’s business', async () => {
    const stranger = await person(system, 'stranger')
    const merchandiser = await person(system, 'merchandiser', 'MERCHANDISER')
    for (const [token, expected] of [
      [undefined, 401],
      [stranger.token, 404],
      [merchandiser.token, 404],
    ] as const) {
      const { status, text } = await read(`${number}/document`, token)
      expect(status).toBe(expected)
      expect(text).not.toMatch(/Bea|Product|€/)
    }
  })
  it('that does not exist is not found', async () => {
    expect((await read('2026-999999/document', buyer.token)).status).toBe(404)
    expect((await read('..%2f/document', buyer.token)).status).toBe(404)
  })
})

describe('the document of a credit note', () => {
  it('says why, in text, and what it refers to', async () => {
    const { status, text } = await read(`${creditNote}/document`, buyer.token)
    expect(status).toBe(200)
    expect(text).toContain(`Credit note ${creditNote}`)
    expect(text).toContain('A &lt;b&gt;scratch&lt;/b&gt; &amp; more')
    expect(text).toContain(`For invoices</dt><dd>${number}`)
  })
})
