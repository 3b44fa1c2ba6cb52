import { DEMO_PASSWORD } from './demo.ts'
import { type SeedOptions, signedIn } from './demo-data/caller.ts'
import { seedOrders } from './demo-data/orders.ts'
import { seedPeople } from './demo-data/people.ts'
import { LAST_SKU, seedLast, seedShelves } from './demo-data/shelves.ts'

export type { SeedOptions } from './demo-data/caller.ts'

/** The last thing that is made: where it is, everything is. */
const DONE = `query SeedDone { product(sku: "${LAST_SKU}") { id } }`
/** The first thing that is made. */
const BEGUN = 'query SeedBegun { me { displayName } }'

/**
 * A shop that has been open for a while, in every state that can be looked at. Once: what is there is left alone, and what a start
 * that was interrupted has left half-made is continued, since every step has a name under which it is made once. After a day those
 * names are forgotten: then it stays half-made, which is said.
 */
export const seedShop = async (options: SeedOptions): Promise<void> => {
  const signIn = (who: string) => signedIn(options, `${who}@mercato.local`, DEMO_PASSWORD)
  const merchandiser = await signIn('merchandiser')
  if ((await merchandiser.ask(DONE))['product']) return
  options.say('Making demo data …')
  const [customer, support, admin] = await Promise.all(['customer', 'support', 'admin'].map(signIn))
  if (!customer || !support || !admin) throw new TypeError('three people were to sign in')
  const { me } = await customer.ask(BEGUN)
  try {
    await seedPeople(options, customer, admin)
    await seedShelves(options, merchandiser)
    await seedOrders(customer, { merchandiser, support })
    await seedLast(merchandiser)
  } catch (error) {
    if (me.displayName === null) throw error
    options.say(`What an interrupted start left of the demo data stays half-made: ${(error as Error).message}`)
  }
}
