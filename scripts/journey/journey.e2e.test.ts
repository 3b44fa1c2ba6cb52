import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { launchMercato, type MercatoProcess, temporaryData } from '../../infrastructure/embedded/testing-process.ts'
import { operationPaths, readOperation } from '../../schema/stored-operations.ts'
import { runJourney } from './journey.ts'
import { API_KEY, createFrontEnd, type FrontEnd, frontEndOf } from './testing/front-end.ts'
import { chromium, visitGraphiql } from './testing/graphiql.ts'
import { startLyingProxy } from './testing/lying-proxy.ts'

const data = temporaryData()
let mercato: MercatoProcess

beforeAll(async () => {
  mercato = await (await launchMercato(data.path)).ready
}, 120_000)
afterAll(async () => {
  await mercato[Symbol.asyncDispose]()
  await data[Symbol.asyncDispose]()
}, 60_000)

const MAIN = fileURLToPath(new URL('./main.ts', import.meta.url))
const command = async (...args: string[]) => {
  const child = spawn(process.execPath, [MAIN, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
  const lines = { out: '', err: '' }
  child.stdout.on('data', chunk => (lines.out += chunk))
  child.stderr.on('data', chunk => (lines.err += chunk))
  const [code] = await once(child, 'close')
  return { code, ...lines }
}

describe('the journey', () => {
  it('finds everything as it should be, twice in a row', async () => {
    for (const _ of [1, 2]) {
      const { code, out, err } = await command('--url', mercato.url)
      expect([code, err]).toEqual([0, ''])
      for (const seen of [
        'CONFIRMED',
        'PaymentCaptured',
        'DELIVERED',
        'PAYMENT_DECLINED',
        'OUT_OF_STOCK',
        'CANCELLED',
        'PARTLY_SHIPPED',
        'signed out',
      ])
        expect(out).toContain(seen)
      expect(out).toContain('All as it should be')
    }
  })

  it.each([
    ['an invoice of another kind', '"kind":"INVOICE"', '"kind":"INV0ICE"', /The invoice should be/],
    ['an order that is not confirmed', '"CONFIRMED"', '"CANCELLED"', /The status after OrderConfirmed/],
    ['a payment that was not voided', '"VOIDED"', '"REFUND"', /the payment to be VOIDED/],
  ])('says so when it is shown %s', async (_, truth, lie, complaint) => {
    await using proxy = await startLyingProxy(mercato.url, truth, lie)
    const lines: string[] = []
    const played = runJourney({ url: proxy.url, apiKey: API_KEY, print: line => lines.push(line), patienceMs: 5_000 })
    await expect(played).rejects.toThrow(complaint)
    expect(lines.join('\n')).not.toContain('All as it should be')
  })

  it.each([
    ['where nobody answers', ['--url', 'http://127.0.0.1:9'], 1, /Nobody answers at http:\/\/127.0.0.1:9/],
    ['with an address that is none', ['--url', 'shop'], 2, /is no address/],
    ['with an option it does not know', ['--fast'], 2, /--fast/],
  ])('%s ends in a sentence', async (_, args, expected, complaint) => {
    const { code, err } = await command(...args)
    expect([code, err]).toEqual([expected, expect.stringMatching(complaint)])
    expect(err).not.toContain('    at ')
  })

  it('without a valid key ends in a sentence', async () => {
    const { code, err } = await command('--url', mercato.url, '--api-key', 'nobody')
    expect([code, err]).toEqual([1, expect.stringContaining('401')])
  })
})

describe('the stored queries, on the demo data', () => {
  const SCOPED: Readonly<Record<string, string>> = {
    'user/users': 'support',
    'inventory/stock': 'merchandiser',
    'inventory/stock-movements': 'merchandiser',
    'inventory/product-history': 'support',
    'inventory/inventory-parked-messages': 'admin',
    'order/order-history': 'support',
    'order/order-parked-messages': 'admin',
    'order/saga': 'admin',
    'order/sagas': 'admin',
    'payment/payment-history': 'support',
    'payment/payment-parked-messages': 'admin',
    'user/user-history': 'support',
    'user/user-parked-messages': 'admin',
  }
  /** Where all is well these have nothing to show. */
  const EMPTY = /parked-messages$/
  const queries = operationPaths().filter(
    path => !path.startsWith('rest/') && /^query /m.test(readOperation(path).query),
  )
  const known: Record<string, string> = {}
  const people = new Map<string, FrontEnd>()

  beforeAll(async () => {
    for (const who of ['customer', 'support', 'merchandiser', 'admin'])
      people.set(who, await frontEndOf(mercato.url, who))
    const customer = people.get('customer')
    const { me } = (await customer?.run('user/me'))?.data ?? {}
    const delivered = await customer?.run('order/my-orders', { first: 1, filter: { status: 'DELIVERED' } })
    const { node } = delivered?.data.orders.edges[0] ?? {}
    const guest = await createFrontEnd(mercato.url).run('order/add-to-guest-cart')
    const { guestToken } = guest.data.addToGuestCart
    Object.assign(known, { 'user.id': me.id, 'order.id': node.id, 'order.number': node.number })
    known['addToGuestCart.guestToken'] = guestToken
  })

  const filledIn = (value: unknown): unknown =>
    JSON.parse(JSON.stringify(value).replace(/\{\{([\w.]+)\}\}/g, (_, name: string) => known[name] ?? `no ${name}`))

  it.each(queries)('%s shows something', async path => {
    const person = people.get(SCOPED[path] ?? 'customer')
    const answer = await person?.run(path, filledIn(readOperation(path).variables) as object)
    expect(answer?.errors).toBeUndefined()
    const [shown] = Object.values(answer?.data)
    expect(shown).not.toBeNull()
    if (EMPTY.test(path)) return
    for (const list of JSON.stringify(shown).match(/"edges":\[\]/g) ?? []) expect(list).toBe('something')
  })
})

describe('REST, through the edge', () => {
  const address = { name: 'R', line1: 'Road 1', city: 'Berlin', postalCode: '10115', country: 'DE' }

  it('leads from signing in to a placed, listed and cancelled order', async () => {
    const customer = await frontEndOf(mercato.url, 'customer')
    const method = await customer.rest('POST', 'payment-methods', { token: 'tok_approved', label: 'REST' })
    expect(method.status).toBe(201)
    const methods = await customer.rest('GET', 'payment-methods')
    expect(methods.json.items).toContainEqual(method.json)

    const products = await customer.rest('GET', 'products?inStock=true&first=1&category=coffee')
    const [{ id, sku }] = products.json.items
    expect((await customer.rest('GET', `products/${id}`)).json.sku).toBe(sku)
    const placed = await customer.rest('POST', 'orders', {
      lines: [{ sku, quantity: 1 }],
      paymentMethodId: method.json.id,
      shippingAddress: address,
    })
    expect([placed.status, placed.headers.get('location')]).toEqual([201, `/api/v1/orders/${placed.json.id}`])
    await vi.waitFor(
      async () => {
        const { json } = await customer.rest('GET', `orders/${placed.json.id}`)
        expect(json.status).toBe('CONFIRMED')
      },
      { timeout: 20_000, interval: 50 },
    )
    const payment = await customer.rest('GET', `payments/${placed.json.id}`)
    expect(payment.json).toMatchObject({ status: 'AUTHORISED', captured: { amount: '0.00' } })

    const first = await customer.rest('GET', 'orders?first=2')
    expect(first.json.items[0].id).toBe(placed.json.id)
    const next = /<([^>]+)>; rel="next"/.exec(first.headers.get('link') ?? '')?.[1] ?? ''
    const second = await customer.rest('GET', next)
    expect(second.json.items.length).toBeGreaterThan(0)
    const ids = [...first.json.items, ...second.json.items].map(order => order.id)
    expect(new Set(ids).size).toBe(ids.length)

    const cancelled = await customer.rest('POST', `orders/${placed.json.id}/cancellation`, {})
    expect([cancelled.status, cancelled.json.status]).toEqual([200, 'CANCELLED'])
    const again = await customer.rest('POST', `orders/${placed.json.id}/cancellation`, {})
    expect([again.status, again.json.code]).toEqual([409, 'ORDER.ALREADY_CANCELLED'])
  })

  it('shows invoices to their customer, and orders to nobody else', async () => {
    const customer = await frontEndOf(mercato.url, 'customer')
    const [invoice] = (await customer.rest('GET', 'invoices')).json.items
    expect((await customer.rest('GET', `invoices/${invoice.number}`)).json).toEqual(invoice)
    const merchandiser = await frontEndOf(mercato.url, 'merchandiser')
    const theirs = await merchandiser.rest('GET', `orders/${invoice.orderId}`)
    expect([theirs.status, theirs.json.code]).toEqual([403, 'FORBIDDEN'])
    const nobodys = await createFrontEnd(mercato.url).rest('GET', `orders/${invoice.orderId}`)
    expect([nobodys.status, nobodys.json.code]).toEqual([401, 'UNAUTHENTICATED'])
  })

  it('refuses a wrong password, a wrong token and a wrong key each in its way', async () => {
    const nobody = createFrontEnd(mercato.url)
    const refused = await nobody.rest('POST', 'sessions', { email: 'customer@mercato.local', password: 'wrong' })
    expect([refused.status, refused.json.code]).toEqual([401, 'USER.SIGN_IN_REFUSED'])
    const forged = await createFrontEnd(mercato.url, 'a.b.c').rest('GET', 'orders')
    expect([forged.status, forged.headers.get('content-type')]).toEqual([401, 'application/problem+json'])
    expect((await fetch(`${mercato.url}/api/v1/products`)).status).toBe(401)
  })
})

describe.skipIf(!chromium.found)(`GraphiQL on the running system${chromium.reason}`, () => {
  it('leads through its tabs to a confirmed order, live, and a question across four contexts', async () => {
    await using graphiql = await visitGraphiql(`${mercato.url}/graphiql`)
    const shown = async (tab: string, ...expected: readonly RegExp[]): Promise<void> => {
      await graphiql.run(tab)
      for (const each of expected) await expect.poll(graphiql.answer, { timeout: 20_000 }).toMatch(each)
    }
    await shown('AddToGuestCart', /"guestToken":\s+"/)
    await shown('Register', /"userErrors": \[\]/)
    await shown('SignIn', /"accessToken":\s+"ey/)
    await shown('MergeGuestCart', /"sku": "COF-HUIL-250"/)
    await shown('BrowseProducts', /"inStock": true/)
    await shown('AddToCart', /"sku": "COF-YIRG-250"/)
    await shown('AddPaymentMethod', /"label": "Card ending 4242"/)
    await shown('Checkout', /"number": "M-/)
    await shown('OrderChanged', /"type": "OrderConfirmed"/, /"status": "CONFIRMED"/)
    await graphiql.photograph()
    await shown('LatestOrder', /"status": "CONFIRMED"/, /"username": "customer"/)
    expect(graphiql.complaints).toEqual([])
  })
})
