import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ADDRESS, type Person, person } from './testing-people.ts'
import { type Body, createRestClient, type RestClient } from './testing-rest.ts'
import { openSystem, type System } from './testing-system.ts'
import { eventually } from './testing-waiting.ts'

let system: System
let staff: Person
let buyer: Person
let call: RestClient['call']
let done: RestClient['done']
let unplayed: RestClient['unplayed']

beforeAll(async () => {
  system = await openSystem()
  ;({ call, done, unplayed } = createRestClient(system.gateway))
  staff = await person(system, 'staff', 'ADMIN')
  buyer = await person(system, 'buyer')
})
afterAll(() => system[Symbol.asyncDispose]())

const mailedToken = async (to: string, about: RegExp): Promise<string> =>
  eventually(`a mail to ${to}`, async () => {
    const mails = await system.mailbox.list()
    const text = mails.find(mail => mail.to === to && about.test(mail.text))?.text
    return text === undefined ? undefined : /#token=([^\s&]+)/.exec(text)?.[1]
  })

describe('over REST alone', () => {
  it('a person opens an account, signs in, keeps addresses, and leaves', async () => {
    const email = 'rita@example.com'
    const { id } = await done(undefined, 'POST', '/users', { email, username: 'rita' })
    await done(undefined, 'GET', `/users/${id}`)
    const registration = await mailedToken(email, /complete-registration/)
    await done(undefined, 'POST', '/registrations/completion', {
      token: registration,
      password: 'a first long password',
    })
    await done(undefined, 'POST', '/email-verifications', { email: 'nobody@example.com' })
    await done(undefined, 'POST', '/password-resets', { email })
    const reset = await mailedToken(email, /reset-password/)
    await done(undefined, 'POST', '/password-resets/completion', { token: reset, password: 'a second long password' })
    const session = await done(undefined, 'POST', '/sessions', { email, password: 'a second long password' })
    const next = await done(undefined, 'POST', '/sessions/refresh', { refreshToken: session.refreshToken })
    const rita = { ...buyer, id, token: next.accessToken } as Person
    expect(await done(rita, 'GET', '/me')).toMatchObject({ id, email, roles: ['CUSTOMER'] })
    expect(await done(rita, 'PATCH', '/me', { displayName: 'Rita' })).toMatchObject({ displayName: 'Rita' })
    const { id: first } = await done(rita, 'POST', '/me/addresses', { address: ADDRESS })
    const { id: second } = await done(rita, 'POST', '/me/addresses', { address: { ...ADDRESS, city: 'Bonn' } })
    await done(rita, 'PUT', `/me/addresses/${second}/default`)
    await done(rita, 'PUT', `/me/addresses/${first}`, { ...ADDRESS, city: 'Trier' })
    await done(rita, 'DELETE', `/me/addresses/${first}`)
    const { items } = await done(rita, 'GET', '/me/addresses')
    expect(items).toMatchObject([{ id: second, isDefault: true, address: { city: 'Bonn' } }])
    await done(rita, 'PUT', '/me/password', {
      currentPassword: 'a second long password',
      newPassword: 'a third long password',
    })
    const signIn = async () => {
      const { accessToken } = await done(undefined, 'POST', '/sessions', { email, password: 'a third long password' })
      return { ...rita, token: accessToken } as Person
    }
    const [here, there] = [await signIn(), await signIn()]
    const sessions = (await done(here, 'GET', '/me/sessions')).items
    const other = sessions.find(({ isCurrent }: Body) => !isCurrent)
    await done(here, 'DELETE', `/me/sessions/${other.id}`)
    await done(here, 'DELETE', '/sessions/current')
    const last = await signIn()
    await done(last, 'DELETE', '/me/sessions')
    expect(there.token).toBeDefined()
    await done(await signIn(), 'DELETE', '/me')
    expect((await call(undefined, 'POST', '/sessions', { email, password: 'a third long password' })).status).toBe(401)
  })

  it('an address is confirmed by its link', async () => {
    const email = 'vera@example.com'
    await done(undefined, 'POST', '/users', { email, username: 'vera', password: 'quite a long password' })
    await done(undefined, 'POST', '/email-verifications/completion', {
      token: await mailedToken(email, /verify-email/),
    })
  })

  it('staff look after accounts', async () => {
    const { items } = await done(staff, 'GET', '/users?username=buyer')
    expect(items).toMatchObject([{ id: buyer.id }])
    const roles = `/users/${buyer.id}/roles/SUPPORT`
    expect((await done(staff, 'PUT', roles)).roles).toContain('SUPPORT')
    expect((await done(staff, 'DELETE', roles)).roles).not.toContain('SUPPORT')
    const victim = await person(system, 'victim')
    await done(staff, 'POST', `/users/${victim.id}/deactivation`)
    buyer = { ...buyer, ...(await person(system, 'buyer2')) }
  })

  it('a shop is filled, an order is placed, shipped in parts, paid, returned and refunded', async () => {
    const made = await call(staff, 'POST', '/products', {
      sku: 'CUP-1',
      name: 'Cup',
      category: 'cups',
      weightGrams: 300,
      price: { amount: '10.00', currency: 'EUR' },
    })
    const { id } = made.body
    expect(made.headers.get('location')).toBe(`/api/v1/products/${id}`)
    await done(staff, 'PATCH', `/products/${id}`, { description: 'Holds tea.' })
    await done(staff, 'PUT', `/products/${id}/price`, { amount: '12.00', currency: 'EUR' })
    await done(staff, 'POST', '/stock/CUP-1/receipts', { quantity: 20 })
    await done(staff, 'POST', '/stock/CUP-1/adjustments', { delta: -1, reason: 'DAMAGED' })
    await done(staff, 'PUT', '/stock/CUP-1/low-stock-threshold', { threshold: 3 })
    await done(staff, 'PUT', `/products/${id}/publication`)
    await done(staff, 'DELETE', `/products/${id}/publication`)
    await done(staff, 'PUT', `/products/${id}/publication`)
    const onSale = () => call(buyer, 'GET', `/products/${id}`)
    await eventually('it is on sale', async () => ((await onSale()).status === 200 ? true : undefined))
    expect(await done(staff, 'GET', '/stock/CUP-1')).toMatchObject({ onHand: 19, lowStockThreshold: 3 })
    await eventually('a page leads to the next one', async () => {
      const { headers } = await call(staff, 'GET', '/stock/CUP-1/movements?first=1')
      return headers.get('link')?.includes('rel="next"') || undefined
    })
    await eventually('it is listed', async () => {
      const { items } = await done(undefined, 'GET', '/products?category=cups&sort=NAME&inStock=true')
      return items.length > 0 || undefined
    })
    expect((await done(undefined, 'GET', '/categories')).items).toContainEqual({ name: 'cups', productCount: 1 })

    const { id: paymentMethodId } = await done(buyer, 'POST', '/payment-methods', { token: 'tok_approved', label: 'x' })
    const { id: spare } = await done(buyer, 'POST', '/payment-methods', { token: 'tok_declined', label: 'y' })
    await done(buyer, 'DELETE', `/payment-methods/${spare}`)
    expect((await done(buyer, 'GET', '/payment-methods')).items).toHaveLength(1)

    await done(buyer, 'POST', '/cart/lines', { sku: 'CUP-1', quantity: 1 })
    await done(buyer, 'PUT', `/cart/lines/${id}`, { quantity: 2 })
    await done(buyer, 'DELETE', `/cart/lines/${id}`)
    await done(buyer, 'DELETE', '/cart/lines')
    await done(buyer, 'POST', '/cart/lines', { productId: id, quantity: 3 })
    expect(await done(buyer, 'GET', '/cart')).toMatchObject({ itemCount: 3, itemsTotal: { amount: '36.00' } })
    const placed = await call(buyer, 'POST', '/cart/checkout', { paymentMethodId, shippingAddress: ADDRESS })
    const orderId = placed.body.id
    expect(placed.headers.get('location')).toBe(`/api/v1/orders/${orderId}`)
    const comesTo = (status: string) =>
      eventually(status, async () => (await done(buyer, 'GET', `/orders/${orderId}`)).status === status || undefined)
    await comesTo('CONFIRMED')
    const parcel = { carrier: 'DHL', trackingNumber: 'T-1' }
    await done(staff, 'POST', `/orders/${orderId}/shipments`, { ...parcel, lines: [{ sku: 'CUP-1', quantity: 1 }] })
    await done(staff, 'POST', `/orders/${orderId}/shipments`, parcel)
    await done(staff, 'POST', `/orders/${orderId}/delivery`)
    await comesTo('DELIVERED')
    const back = async (quantity: number): Promise<string> => {
      const asked = { lines: [{ sku: 'CUP-1', quantity }], reason: 'too many' }
      return (await done(buyer, 'POST', `/orders/${orderId}/returns`, asked)).returns.at(-1).id
    }
    await done(staff, 'POST', `/orders/${orderId}/returns/${await back(2)}/rejection`)
    const returnId = await back(1)
    await done(staff, 'POST', `/orders/${orderId}/returns/${returnId}/approval`)
    await done(staff, 'POST', `/orders/${orderId}/returns/${returnId}/receipt`)
    const payment = (status: string) =>
      eventually(status, async () => {
        const known = await call(buyer, 'GET', `/payments/${orderId}`)
        return known.body.status === status ? known.body : undefined
      })
    expect((await payment('PARTLY_REFUNDED')).captures).toHaveLength(2)
    await done(staff, 'POST', `/payments/${orderId}/refunds`, {
      amount: { amount: '1.00', currency: 'EUR' },
      reason: 'sorry',
    })
    const invoices = () => done(buyer, 'GET', '/invoices')
    await eventually('all is documented', async () => ((await invoices()).totalCount === 4 ? true : undefined))
    const { items } = await invoices()
    expect((await done(buyer, 'GET', `/invoices/${items[3].number}`)).kind).toBe('INVOICE')
    expect(await done(buyer, 'GET', `/invoices/${items[0].number}/document`)).toContain('Credit note')
    expect((await done(buyer, 'GET', '/orders?status=DELIVERED')).items).toMatchObject([{ id: orderId }])
  })

  it('a guest gathers a cart, and takes it along when signing in', async () => {
    const { items } = await done(undefined, 'GET', '/products?category=cups')
    const path = `/guest-cart/lines/${items[0].id}`
    const { guestToken } = await done(undefined, 'POST', '/guest-cart/lines', { sku: 'CUP-1', quantity: 1 })
    const token = { 'x-guest-token': guestToken }
    await done(undefined, 'PUT', path, { quantity: 3 }, token)
    expect(await done(undefined, 'GET', '/guest-cart', undefined, token)).toMatchObject({ guestToken, itemCount: 3 })
    expect(await done(undefined, 'DELETE', path, undefined, token)).toMatchObject({ itemCount: 0 })
    await done(undefined, 'POST', '/guest-cart/lines', { productId: items[0].id, quantity: 2 }, token)
    const merged = await done(buyer, 'POST', '/cart/merge', { guestToken })
    expect(merged).toMatchObject({ itemCount: 2, leftOut: [] })
    expect((await call(undefined, 'GET', '/guest-cart', undefined, token)).status).toBe(404)
    expect((await call(undefined, 'GET', '/guest-cart')).body.code).toBe('BAD_USER_INPUT')
    expect((await call(undefined, 'GET', '/guest-cart', undefined, { 'x-guest-token': 'made-up' })).status).toBe(404)
    await done(buyer, 'DELETE', '/cart/lines')
  })

  it('an order is cancelled', async () => {
    const { items } = await done(buyer, 'GET', '/payment-methods')
    const order = { lines: [{ sku: 'CUP-1', quantity: 1 }], paymentMethodId: items[0].id, shippingAddress: ADDRESS }
    const { id } = await done(buyer, 'POST', '/orders', order)
    expect(await done(buyer, 'POST', `/orders/${id}/cancellation`, {})).toMatchObject({ status: 'CANCELLED' })
  })

  it.each(['/payments', '/orders', '/invoices', '/products', '/users', '/stock/CUP-1/movements'])(
    'a list is walked there and back by its links: %s',
    async path => {
      const walk = async (from: string, rel: string): Promise<string[]> => {
        const { headers, body } = await call(staff, 'GET', from)
        const links = Object.fromEntries(
          [...(headers.get('link') ?? '').matchAll(/<\/api\/v1([^>]+)>; rel="(\w+)"/g)].map(([, to, name]) => [
            name,
            to,
          ]),
        )
        expect(links['first']).toBeDefined()
        const here = body.items.map((item: Body) => JSON.stringify(item.id ?? item.number ?? item))
        const next = links[rel]
        return next === undefined ? here : [...here, ...(await walk(next, rel))]
      }
      const there = await walk(`${path}?first=1`, 'next')
      const back = await walk(`${path}?last=1`, 'prev')
      expect(back).toEqual(there.toReversed())
      expect(new Set(there)).toHaveLength(there.length)
      if (path !== '/invoices') expect(there.length).toBeGreaterThan(0)
    },
  )

  it('payments are listed: one’s own, everybody’s for staff, another’s for nobody else', async () => {
    const own = await done(buyer, 'GET', '/payments')
    expect(own.totalCount).toBe(2)
    expect(own.items.map(({ status }: Body) => status)).toContain('PARTLY_REFUNDED')
    expect((await done(staff, 'GET', `/payments?customerId=${buyer.id}`)).items).toEqual(own.items)
    expect((await done(staff, 'GET', '/payments')).totalCount).toBe(2)
    const stranger = await person(system, 'stranger')
    expect(await done(stranger, 'GET', '/payments')).toMatchObject({ items: [], totalCount: 0 })
    expect((await call(stranger, 'GET', `/payments?customerId=${buyer.id}`)).status).toBe(403)
    expect((await call(undefined, 'GET', '/payments')).status).toBe(401)
  })

  it('somebody else’s invoice is as little there as one that does not exist', async () => {
    const { items } = await done(buyer, 'GET', '/invoices')
    const stranger = await person(system, 'stranger2')
    const [theirs, none] = await Promise.all(
      [items[0].number, '2026-999999'].map(number => call(stranger, 'GET', `/invoices/${number}`)),
    )
    expect([theirs?.status, theirs?.body]).toEqual([404, none?.body])
  })

  it('a write that is repeated with its key has one effect and one answer', async () => {
    const label = { token: 'tok_approved', label: 'once' }
    const key = { 'idempotency-key': 'one-card' }
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => call(buyer, 'POST', '/payment-methods', label, key)),
    )
    expect(new Set(answers.map(({ body }) => JSON.stringify(body)))).toHaveLength(1)
    const other = await call(buyer, 'POST', '/payment-methods', { ...label, label: 'twice' }, key)
    expect([other.status, other.body.code]).toEqual([422, 'IDEMPOTENCY_KEY_REUSED'])
  })

  it('what is at hand is not sent again', async () => {
    const { headers } = await call(buyer, 'GET', '/orders')
    const again = await call(buyer, 'GET', '/orders', undefined, { 'if-none-match': headers.get('etag') ?? '' })
    expect(again.status).toBe(304)
  })

  it('every route has been played', () => {
    expect(unplayed()).toEqual([])
  })
})
