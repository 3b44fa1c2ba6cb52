const link =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@shareable", "@external", "@requires", "@provides"])\n'

/** The public federation benchmark that gateway makers use. */
export const SUBGRAPHS: Readonly<Record<string, string>> = {
  accounts: `${link}
    type Query { me: User user(id: ID!): User users: [User] }
    type User @key(fields: "id") { id: ID! name: String username: String @shareable birthday: Int }`,
  inventory: `${link}
    type Product @key(fields: "upc") { upc: String! weight: Int @external price: Int @external inStock: Boolean shippingEstimate: Int @requires(fields: "price weight") }`,
  products: `${link}
    type Query { topProducts(first: Int = 5): [Product] }
    type Product @key(fields: "upc") { upc: String! name: String price: Int weight: Int }`,
  reviews: `${link}
    type Review @key(fields: "id") { id: ID! body: String author: User @provides(fields: "username") product: Product }
    type User @key(fields: "id") { id: ID! username: String @external numberOfReviews: Int reviews: [Review] }
    type Product @key(fields: "upc") { upc: String! reviews: [Review] }`,
}

export const QUERY = `
fragment User on User { id username name }
fragment Review on Review { id body }
fragment Product on Product { inStock name price shippingEstimate upc weight }
query TestQuery {
  users { ...User reviews { ...Review product { ...Product reviews { ...Review author { ...User reviews { ...Review product { ...Product } } } } } } }
  topProducts(first: 5) { ...Product reviews { ...Review author { ...User reviews { ...Review product { ...Product } } } } }
}`

interface User {
  readonly id: string
  readonly name: string
  readonly username: string
  readonly birthday: number
}
interface Product {
  readonly upc: string
  readonly name: string
  readonly price: number
  readonly weight: number
  readonly inStock: boolean
}

const USERS: readonly User[] = [
  'Uri Goldshtein',
  'Dotan Simha',
  'Kamil Kisiela',
  'Arda Tanrikulu',
  'Gil Gardosh',
  'Laurin Quast',
].map((name, i) => ({
  id: `${i + 1}`,
  name,
  username: name.toLowerCase().replace(' ', '.'),
  birthday: 1_234_567_890 + i,
}))

const PRODUCTS: readonly Product[] = ['Table', 'Couch', 'Glass', 'Chair', 'TV', 'Lamp', 'Grill', 'Fridge', 'Sofa'].map(
  (name, i) => ({ upc: `${i + 1}`, name, price: 100 * (i * i + 3), weight: 10 * (i + 1), inStock: i % 3 !== 1 }),
)

interface Review {
  readonly id: string
  readonly body: string
  readonly user: number
  readonly item: number
}
const REVIEWS: readonly Review[] = Array.from({ length: 11 }, (_, i) => ({
  id: `${i + 1}`,
  body: `Review ${i + 1}: it does what it says, and it has done so for longer than I thought it would.`,
  user: i % USERS.length,
  item: i % PRODUCTS.length,
}))

const shipping = ({ price, weight }: { readonly price: number; readonly weight: number }): number =>
  price > 1_000 ? 0 : Math.round(weight * 0.5)

const reviewOf = ({ id, body, user, item }: Review) => ({
  id,
  body,
  author: () => authorOf(user),
  product: () => ({ upc: PRODUCTS[item]?.upc, reviews: () => REVIEWS.filter(one => one.item === item).map(reviewOf) }),
})
const authorOf = (user: number): Readonly<Record<string, unknown>> => ({
  id: USERS[user]?.id,
  username: USERS[user]?.username,
  numberOfReviews: REVIEWS.filter(one => one.user === user).length,
  reviews: () => REVIEWS.filter(one => one.user === user).map(reviewOf),
})

type Reference = Readonly<Record<string, unknown>>

/** What each subgraph answers with. */
export const RESOLVERS: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>> = {
  accounts: {
    Query: {
      me: () => USERS[0],
      users: () => USERS,
      user: (_: unknown, { id }: Reference) => USERS.find(u => u.id === id),
    },
    User: { __resolveReference: ({ id }: Reference) => USERS.find(user => user.id === id) },
  },
  inventory: {
    Product: {
      __resolveReference: (given: Reference) => ({
        ...given,
        inStock: PRODUCTS.find(({ upc }) => upc === given['upc'])?.inStock,
      }),
      shippingEstimate: (given: { price: number; weight: number }) => shipping(given),
    },
  },
  products: {
    Query: { topProducts: (_: unknown, { first }: { first: number }) => PRODUCTS.slice(0, first) },
    Product: { __resolveReference: ({ upc }: Reference) => PRODUCTS.find(product => product.upc === upc) },
  },
  reviews: {
    User: { __resolveReference: ({ id }: Reference) => authorOf(Number(id) - 1) },
    Product: {
      __resolveReference: ({ upc }: Reference) => ({
        upc,
        reviews: () => REVIEWS.filter(one => PRODUCTS[one.item]?.upc === upc).map(reviewOf),
      }),
    },
  },
}
