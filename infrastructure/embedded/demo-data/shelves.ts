import { DEMO_PASSWORD } from '../demo.ts'
import { createSeeder, type Data, type Seeder, type SeedOptions, signedIn } from './caller.ts'

/** Made before everything else. */
export const FIRST_SKU = 'COF-DRAFT-250'

const eur = (amount: string) => ({ amount, currency: 'EUR' })
const PRODUCTS =
  'query SeedShelves { products(last: 3, filter: { category: "coffee" }, sort: NAME) { edges { node { id sku price { amount } } } } }'

/** What a catalogue has beside things on sale, and a cart in which every line is in the way of an order. */
export const seedShelves = async (options: SeedOptions, merchandiser: Seeder): Promise<void> => {
  const create = async (sku: string, name: string): Promise<string> => {
    const details = { description: `${name}, for the demo.`, category: 'coffee', weightGrams: 250 }
    const input = { sku, name, ...details, price: eur('9.90') }
    return (await merchandiser.tell('createProduct', input, 'product { id }'))['product'].id
  }
  await create(FIRST_SKU, 'A blend that is not on sale yet')
  const former = await create('COF-FORMER-250', 'A blend of last year')
  await merchandiser.tell('publishProduct', { id: former })

  const { products } = await merchandiser.ask(PRODUCTS)
  const [dearer, scarce] = products.edges.map(({ node }: Data) => node)
  const who = { email: 'undecided@mercato.local', username: 'undecided', password: DEMO_PASSWORD }
  await createSeeder(options).tell('registerUser', who)
  const undecided = await signedIn(options, who.email, DEMO_PASSWORD)
  await undecided.tell('addToCart', { productId: former, quantity: 1 })
  await undecided.tell('addToCart', { productId: dearer.id, quantity: 2 })
  await undecided.tell('addToCart', { productId: scarce.id, quantity: 1_000 })

  await merchandiser.tell('unpublishProduct', { id: former })
  const changed = (Number(dearer.price.amount) + 1).toFixed(2)
  await merchandiser.tell('changePrice', { id: dearer.id, price: eur(changed) })
  await merchandiser.tell('adjustStock', { sku: scarce.sku, delta: -2, reason: 'DAMAGED', note: 'A burst bag' })
  await merchandiser.tell('setLowStockThreshold', { sku: scarce.sku, threshold: 10 })
}
