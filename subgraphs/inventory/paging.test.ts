import { expect, it } from 'vitest'
import { customer, merchandiser, openShop, type Shop } from './testing.ts'

const PRODUCTS = `query ($sort: ProductSort! $first: Int $after: String $last: Int $before: String) {
  products(sort: $sort, first: $first, after: $after, last: $last, before: $before) {
    edges { cursor node { sku } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`
const eur = (amount: string) => ({ amount, currency: 'EUR' })
const number = (index: number): string => String(index).padStart(2, '0')

/** Twenty products, alike in the order of name, price and age. */
const filled = async () => {
  const shop = await openShop()
  const ids: string[] = []
  for (let index = 0; index < 20; index++) {
    shop.clock.advance(1_000)
    const details = { name: `Thing ${number(index)}`, category: 'things', price: eur(`${10 + index}.00`) }
    ids.push(await shop.stocked(`S${number(index)}`, 1, details))
  }
  return Object.assign(shop, { ids })
}

/** Between two pages: one comes, one goes, one changes its place, all of them in the middle of the list. */
const disturb = async (shop: Shop & { readonly ids: readonly string[] }, round: number) => {
  shop.clock.advance(1_000)
  await shop.stocked(`NEW${round}`, 1, { name: `Thing 09-${round}`, category: 'things', price: eur('19.50') })
  const tell = (mutation: string, input: object) =>
    shop.client.query(
      `mutation ($input: ${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input!) { ${mutation}(input: $input) { userErrors { code } } }`,
      { input },
      { viewer: merchandiser },
    )
  const going = shop.ids[4 + round]
  const moving = shop.ids[12 + round]
  await tell('unpublishProduct', { id: going })
  await tell('changePrice', { id: moving, price: eur('99.00') })
  return tell('updateProduct', { id: moving, name: `Another ${round}` })
}

it.each([
  ['NAME', 'forwards'],
  ['NAME', 'backwards'],
  ['PRICE_ASCENDING', 'forwards'],
  ['PRICE_DESCENDING', 'backwards'],
  ['NEWEST', 'forwards'],
  ['NEWEST', 'backwards'],
] as const)('read by %s %s while it changes, a list shows what stays in place once, in order', async (sort, way) => {
  await using shop = await filled()
  const seen: string[] = []
  let cursor: string | null = null
  let consistency = {}
  for (let round = 0; ; round++) {
    const page = way === 'forwards' ? { first: 5, after: cursor } : { last: 5, before: cursor }
    const { data } = await shop.client.query(PRODUCTS, { sort, ...page }, { viewer: customer, consistency })
    const { edges, pageInfo } = data.products
    const skus: string[] = edges.map(({ node }: { node: { sku: string } }) => node.sku)
    if (way === 'forwards') seen.push(...skus)
    else seen.unshift(...skus)
    cursor = way === 'forwards' ? pageInfo.endCursor : pageInfo.startCursor
    if (!(way === 'forwards' ? pageInfo.hasNextPage : pageInfo.hasPreviousPage)) break
    const { extensions } = await disturb(shop, Math.min(round, 3))
    consistency = extensions?.consistency ?? {}
  }
  const steady = Array.from({ length: 20 }, (_, index) => index).filter(
    index => !(index >= 4 && index <= 7) && !(index >= 12 && index <= 15),
  )
  const expected = steady.map(index => `S${number(index)}`)
  const descending = sort === 'NEWEST' || sort === 'PRICE_DESCENDING'
  expect(seen.filter(sku => expected.includes(sku))).toEqual(descending ? expected.toReversed() : expected)
})
