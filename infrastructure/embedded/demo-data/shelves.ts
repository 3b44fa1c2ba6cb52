import { DEMO_PASSWORD } from '../demo.ts'
import { createSeeder, type Seeder, type SeedOptions, signedIn } from './caller.ts'

const eur = (amount: string) => ({ amount, currency: 'EUR' })
/** Of the catalogue: one becomes dearer, the other scarce. */
const DEARER = { sku: 'COF-V60-02', price: eur('25.50') }
const SCARCE = 'COF-GRIND-M1'
const PRODUCT = 'query SeedProduct($sku: String!) { product(sku: $sku) { id } }'

const create = async (merchandiser: Seeder, sku: string, name: string): Promise<string> => {
  const details = { description: `${name}, for the demo.`, category: 'coffee', weightGrams: 250 }
  const input = { sku, name, ...details, price: eur('9.90') }
  return (await merchandiser.tell(`create/${sku}`, 'createProduct', input, 'product { id }'))['product'].id
}

/** Made after everything else. */
export const LAST_SKU = 'COF-DRAFT-250'
export const seedLast = (merchandiser: Seeder): Promise<string> =>
  create(merchandiser, LAST_SKU, 'A blend that is not on sale yet')

/** What a catalogue has beside things on sale, and a cart in which every line is in the way of an order. */
export const seedShelves = async (options: SeedOptions, merchandiser: Seeder): Promise<void> => {
  const former = await create(merchandiser, 'COF-FORMER-250', 'A blend of last year')
  await merchandiser.tell('publish', 'publishProduct', { id: former })

  const idOf = async (sku: string): Promise<string> => (await merchandiser.ask(PRODUCT, { sku }))['product'].id
  const [dearer, scarce] = [await idOf(DEARER.sku), await idOf(SCARCE)]
  const who = { email: 'undecided@mercato.local', username: 'undecided', password: DEMO_PASSWORD }
  await createSeeder(options).tell('register/undecided', 'registerUser', who)
  const undecided = await signedIn(options, who.email, DEMO_PASSWORD)
  const lines = [
    { productId: former, quantity: 1 },
    { productId: dearer, quantity: 2 },
    { productId: scarce, quantity: 1_000 },
  ]
  for (const line of lines) await undecided.tell(`cart/${line.quantity}`, 'addToCart', line)

  await merchandiser.tell('unpublish', 'unpublishProduct', { id: former })
  await merchandiser.tell('price', 'changePrice', { id: dearer, price: DEARER.price })
  const burst = { sku: SCARCE, delta: -2, reason: 'DAMAGED', note: 'A burst bag' }
  await merchandiser.tell('adjust', 'adjustStock', burst)
  await merchandiser.tell('threshold', 'setLowStockThreshold', { sku: SCARCE, threshold: 10 })
}
