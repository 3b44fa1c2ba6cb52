import { DEMO_PASSWORD } from './demo.ts'
import { type SeedOptions, signedIn } from './demo-data/caller.ts'
import { seedOrders } from './demo-data/orders.ts'
import { seedPeople } from './demo-data/people.ts'
import { FIRST_SKU, seedShelves } from './demo-data/shelves.ts'

export type { SeedOptions } from './demo-data/caller.ts'

const ORDERS = 'query SeedOrders { orders(first: 1) { edges { node { id } } } }'

/** The first thing that is made: where it is, somebody has begun before. */
const BEGUN = `query SeedBegun { product(sku: "${FIRST_SKU}") { id } }`

/**
 * A shop that has been open for a while, in every state that can be looked at. Once: a customer who has orders gets no more, and
 * what a start that was interrupted has left half-made stays so.
 */
export const seedShop = async (options: SeedOptions): Promise<void> => {
  const signIn = (who: string) => signedIn(options, `${who}@mercato.local`, DEMO_PASSWORD)
  const customer = await signIn('customer')
  const { orders } = await customer.ask(ORDERS)
  if (orders.edges.length > 0) return
  options.say('Making demo data …')
  const [merchandiser, support, admin] = await Promise.all(['merchandiser', 'support', 'admin'].map(signIn))
  if (!merchandiser || !support || !admin) throw new TypeError('three people were to sign in')
  const { product } = await merchandiser.ask(BEGUN)
  if (!product) {
    await seedShelves(options, merchandiser)
    await seedPeople(options, customer, admin)
  }
  await seedOrders(customer, { merchandiser, support })
}
