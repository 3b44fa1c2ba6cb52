const link = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable", "@external", "@requires", "@provides", "@override", "@interfaceObject", "@inaccessible"])
scalar JSON
`

/** The public benchmark of federation gateways. */
export const BENCHMARK: Readonly<Record<string, string>> = {
  accounts: `${link} type Query { me: User user(id: ID!): User users: [User] } type User @key(fields: "id") { id: ID! name: String username: String @shareable birthday: Int }`,
  inventory: `${link} type Product @key(fields: "upc") { upc: String! weight: Int @external price: Int @external inStock: Boolean shippingEstimate: Int @requires(fields: "price weight") }`,
  products: `${link} type Query { topProducts(first: Int = 5): [Product] } type Product @key(fields: "upc") { upc: String! name: String price: Int weight: Int }`,
  reviews: `${link} type Review @key(fields: "id") { id: ID! body: String author: User @provides(fields: "username") product: Product }
    type User @key(fields: "id") { id: ID! username: String @external numberOfReviews: Int reviews: [Review] } type Product @key(fields: "upc") { upc: String! reviews: [Review] }`,
}

/** Interfaces, unions, nested lists, chains of @requires, objects in @requires, compound and several keys, enums, nulls where none may be. */
export const LIBRARY: Readonly<Record<string, string>> = {
  catalogue: `${link}
    type Query { items(first: Int): [Item!]! item(id: ID!): Item anything: [Anything] grid: [[Book!]!] shelves: [[Shelf]] self: Query @shareable }
    type Mutation { addBook(title: String): Book moveBook(id: ID!): Move! }
    type Move { book: Book! from: Shelf }
    interface Item { id: ID! title: String kind: Kind related: [Item] }
    enum Kind { NOVEL ESSAY @inaccessible MAP }
    union Anything = Book | Map | Shelf | Person
    type Book implements Item @key(fields: "id") @key(fields: "isbn") { id: ID! isbn: String! title: String kind: Kind related: [Item] pages: Int! meta: JSON size: Size @shareable author: Person! }
    type Map implements Item @key(fields: "id") { id: ID! title: String kind: Kind related: [Item] scale: Float size: Size @shareable }
    type Size @shareable { width: Int! height: Int! unit: String }
    type Shelf @key(fields: "code org { id }") { code: String! org: Org! books: [Book!] room: String }
    type Org @key(fields: "id") { id: ID! }
    type Person @key(fields: "id") { id: ID! }`,
  people: `${link}
    type Query { person(id: ID!): Person people: [Person!] self: Query @shareable }
    type Mutation { rename(id: ID!, name: String): Person }
    type Person @key(fields: "id") { id: ID! name: String! born: Int friends(first: Int): [Person!] favourite: Book boss: Person! }
    type Org @key(fields: "id") { id: ID! name: String! staff: [Person] }
    type Book @key(fields: "isbn") { isbn: String! }`,
  shipping: `${link}
    type Size @shareable { width: Int! height: Int! unit: String }
    type Book @key(fields: "id") { id: ID! size: Size @external pages: Int! @external weight: Int @requires(fields: "size { width height } pages") }
    type Map @key(fields: "id") { id: ID! size: Size @external weight: Int @requires(fields: "size { width }") }
    type Shelf @key(fields: "code org { id }") { code: String! org: Org! load: Int! }
    type Org @key(fields: "id") { id: ID! trucks: [[String!]] }`,
  pricing: `${link}
    type Book @key(fields: "id") { id: ID! weight: Int @external postage: Float! @requires(fields: "weight") offers: [Offer!] }
    type Map @key(fields: "id") { id: ID! weight: Int @external postage: Float! @requires(fields: "weight") }
    type Offer { price: Int! seller: Person book: Book }
    type Person @key(fields: "id") { id: ID! }`,
}

/** Interface objects, @override, @provides through lists, fields of an interface entity that live elsewhere. */
export const MEDIA: Readonly<Record<string, string>> = {
  media: `${link}
    type Query { media: [Media!]! medium(id: ID!): Media movies: [Movie] }
    interface Media @key(fields: "id") { id: ID! title: String length: Int }
    type Movie implements Media @key(fields: "id") { id: ID! title: String @shareable length: Int director: String studio: Studio }
    type Song implements Media @key(fields: "id") { id: ID! title: String length: Int artist: String! }
    type Clip implements Media @key(fields: "id") { id: ID! title: String length: Int of: Media }
    type Studio @key(fields: "id") { id: ID! name: String }`,
  ratings: `${link}
    type Query { best: [Media] worst: Media rated(first: Int): [Rating!] }
    type Media @interfaceObject @key(fields: "id") { id: ID! stars: Int! ratings: [Rating!] length: Int @external pace: Float @requires(fields: "length") }
    type Rating @key(fields: "id") { id: ID! stars: Int of: Media }`,
  studios: `${link}
    type Query { studios: [Studio] }
    type Studio @key(fields: "id") { id: ID! name: String @override(from: "media") movies: [Movie] best: Movie @provides(fields: "title") }
    type Movie @key(fields: "id") { id: ID! title: String @external }`,
}
