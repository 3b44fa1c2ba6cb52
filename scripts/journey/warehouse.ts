import { check } from './expectations.ts'
import type { Person } from './people.ts'
import type { Product, StockTold } from './shapes.ts'
import type { Watch } from './watch.ts'

/** A product of this run alone, so that its numbers are known whatever else happens. */
export interface Shelf extends AsyncDisposable {
  readonly product: Product
  /** Waits until the live stock shows these numbers. */
  shows(onHand: number, reserved: number, why: string): Promise<void>
}

/** Puts a new product on sale with so many pieces, watched live over server-sent events. */
export const fillShelf = async (
  merchandiser: Person,
  wanted: { readonly sku: string; readonly name: string; readonly price: string; readonly pieces: number },
): Promise<Shelf> => {
  const { client } = merchandiser
  const { sku, name, pieces } = wanted
  const told: Watch<StockTold> = await client.listen('inventory/stock-levels-changed', { skus: [sku] })
  const { product } = await client.tell<{ readonly product: Product }>('inventory/create-product', {
    sku,
    name,
    description: 'Made for a journey.',
    category: 'kitchen',
    weightGrams: 900,
    price: { amount: wanted.price, currency: 'EUR' },
  })
  await client.tell('inventory/publish-product', { id: product.id })
  await client.tell('inventory/receive-stock', { sku, quantity: pieces, reference: 'journey' })
  merchandiser.tells(`puts ${pieces} × ${name} on sale at ${wanted.price} EUR (${sku})`)

  const shelf: Shelf = {
    product,
    async shows(onHand, reserved, why) {
      const { stock } = await told.next(
        `${sku} to have ${onHand} on hand, ${reserved} reserved`,
        each => each.stock.onHand === onHand && each.stock.reserved === reserved,
      )
      check(stock.available === onHand - reserved, `Available should be ${onHand - reserved}.`, stock)
      merchandiser.tells(`sees ${sku}: ${onHand} on hand, ${reserved} reserved${why && ` — ${why}`}`)
    },
    async [Symbol.asyncDispose]() {
      await client.tell('inventory/unpublish-product', { id: product.id })
      await told[Symbol.asyncDispose]()
    },
  }
  await shelf.shows(pieces, 0, 'the delivery is in')
  return shelf
}

/** Kinds and quantities of a SKU's ledger, oldest first. */
export const ledgerOf = async ({ client }: Person, sku: string): Promise<readonly string[]> => {
  interface Movement {
    readonly kind: string
    readonly quantity: number
  }
  const { stockMovements } = await client.ask<{
    readonly stockMovements: { readonly edges: readonly { readonly node: Movement }[] }
  }>('inventory/stock-movements', { sku, first: 100 })
  return stockMovements.edges.map(({ node }) => `${node.kind} ${Math.abs(node.quantity)}`).reverse()
}
