import type { UserSubgraph } from '@mercato/user/composition'
import { type Client, createClient } from './testing-client.ts'
import type { System } from './testing-system.ts'

export const PASSWORD = 'correct horse battery staple'

export const ADDRESS = {
  name: 'Bea Buyer',
  line1: 'Market Street 7',
  city: 'Berlin',
  postalCode: '10115',
  country: 'DE',
}

type Role = Parameters<UserSubgraph['seedUsers']>[0][number]['roles'][number]

/** Somebody with a verified address who has signed in. */
export interface Person extends Client {
  readonly id: string
  readonly username: string
}

/** Accounts with verified addresses, made through the commands that seeding uses; all signed in. */
export const people = async (
  system: System,
  usernames: readonly string[],
  roles: readonly Role[] = [],
): Promise<readonly Person[]> => {
  const users = system.context('user') as unknown as UserSubgraph
  const accounts = usernames.map(username => ({
    username,
    email: `${username}@example.com`,
    password: PASSWORD,
    roles,
  }))
  const ids = await users.seedUsers(accounts)
  return Promise.all(
    accounts.map(async ({ email, username }, index) => {
      const client = createClient(system.gateway)
      const { session } = await client.tell('signIn', { email, password: PASSWORD }, 'session { accessToken }')
      client.signIn(session.accessToken)
      const id = ids[index] ?? ''
      return Object.assign(client, { id, username })
    }),
  )
}

/** One of them. */
export const person = async (system: System, username: string, ...roles: readonly Role[]): Promise<Person> => {
  const [found] = await people(system, [username], roles)
  if (!found) throw new Error(`${username} was not made`)
  return found
}

/** A published product with so many pieces in stock. */
export const stocked = async (
  merchandiser: Client,
  sku: string,
  pieces: number,
  price = '10.00',
): Promise<{ readonly id: string; readonly sku: string }> => {
  const product = { sku, name: `Product ${sku}`, category: 'coffee', weightGrams: 250 }
  const input = { ...product, price: { amount: price, currency: 'EUR' } }
  const { id } = (await merchandiser.tell('createProduct', input, 'product { id }')).product
  if (pieces > 0) await merchandiser.tell('receiveStock', { sku, quantity: pieces }, '')
  await merchandiser.tell('publishProduct', { id }, '')
  return { id, sku }
}

/** A payment method of a buyer, by sandbox token; its id. */
export const payingWith = async (buyer: Client, token = 'tok_approved'): Promise<string> =>
  (await buyer.tell('addPaymentMethod', { token, label: 'a card' }, 'paymentMethod { id }')).paymentMethod.id

/** An order of some pieces; its id. */
export const ordered = async (
  buyer: Client,
  paymentMethodId: string,
  lines: readonly { readonly sku: string; readonly quantity: number }[],
): Promise<string> =>
  (await buyer.tell('placeOrder', { lines, paymentMethodId, shippingAddress: ADDRESS }, 'order { id }')).order.id
