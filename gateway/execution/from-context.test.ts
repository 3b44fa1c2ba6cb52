import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mergeParts } from './testing/merge-parts.ts'
import { openSubgraphs } from './testing/subgraphs.ts'

type Given = Readonly<Record<string, unknown>>
const same = { __resolveReference: (given: Given) => given }

interface Market {
  readonly regions: readonly { readonly vat: number | null; readonly shops: readonly string[] }[]
  readonly shops: Readonly<Record<string, { readonly currency: string; readonly items: readonly string[] }>>
}

const MARKET: Market = {
  regions: [
    { vat: 19, shops: ['s1', 's2'] },
    { vat: 7, shops: ['s2'] },
    { vat: null, shops: ['s1'] },
  ],
  shops: { s1: { currency: 'EUR', items: ['1', '2'] }, s2: { currency: 'USD', items: ['1'] } },
}

const regionOf = ({ regions }: Market, no: number) => {
  const { vat = null, shops = [] } = regions[no] ?? {}
  return { no, vat, shops: [shops.map(id => ({ id }))] }
}

/** Regions know their shops, another subgraph knows what is in them, a third what it costs: by the shop's currency and the region's tax. */
const openMarket = (market = MARKET) =>
  openSubgraphs({
    regions: {
      sdl: `type Query { regions: [Region!]! home: Home }
        type Region @key(fields: "no") @context(name: "taxed") { no: Int! vat: Int shops: [[Shop!]!]! }
        type Home @key(fields: "no") @context(name: "taxed") { no: Int! vat: Int shop: Shop! }
        type Shop @key(fields: "id") { id: ID! }
        type Shelf @key(fields: "id") { id: ID! tax(vat: Int @fromContext(field: "$taxed { vat }")): String }`,
      resolvers: {
        Query: {
          regions: () => market.regions.map((_, no) => regionOf(market, no)),
          home: () => ({ no: 99, vat: 1, shop: { id: 's1' } }),
        },
        Region: { __resolveReference: ({ no }: { no: number }) => regionOf(market, no) },
        Shelf: { ...same, tax: ({ id }: Given, { vat }: Given) => `${id} ${vat}` },
      },
    },
    shops: {
      sdl: `type Shop @key(fields: "id") { id: ID! items: [Item!]! shelf: Shelf currency: String }
        type Item @key(fields: "id") { id: ID! } type Shelf @key(fields: "id") { id: ID! }`,
      resolvers: {
        Shop: {
          ...same,
          items: ({ id }: { id: string }) => (market.shops[id]?.items ?? []).map(item => ({ id: item })),
          shelf: ({ id }: { id: string }) => ({ id: `shelf ${id}` }),
          currency: ({ id }: { id: string }) => market.shops[id]?.currency,
        },
      },
    },
    costs: {
      sdl: `type Shop @key(fields: "id") @context(name: "shop") { id: ID! currency: String @external open: Boolean @requires(fields: "currency") where: Place }
        type Place @shareable { city: String }
        type Item @key(fields: "id") { id: ID! cost(in: ID @fromContext(field: "$shop { id }"), city: String @fromContext(field: "$shop { where { city } }"), times: Int = 1): String box: Box }
        type Box @key(fields: "id") { id: ID! label(of: ID @fromContext(field: "$shop { id }")): String }`,
      resolvers: {
        Shop: { ...same, where: ({ id }: Given) => ({ city: `city of ${id}` }) },
        Item: {
          ...same,
          cost: ({ id }: Given, { in: shop, city, times }: Given) => `${id} in ${shop}, ${city}, ${times}`,
          box: ({ id }: Given) => ({ id: `box ${id}` }),
        },
        Box: { ...same, label: ({ id }: Given, { of }: Given) => `${id} of ${of}` },
      },
    },
  })

const cost = (item: string, shop: string, times = 1) => `${item} in ${shop}, city of ${shop}, ${times}`

describe('an argument from the context', () => {
  it('has for each entity of a list the value of the objects around it', async () => {
    const { ask } = openMarket()
    const { data, errors } = await ask('{ regions { shops { items { cost } } } }')
    expect(errors).toBeUndefined()
    expect(data).toEqual({
      regions: MARKET.regions.map(({ shops }) => ({
        shops: [shops.map(id => ({ items: (MARKET.shops[id]?.items ?? []).map(item => ({ cost: cost(item, id) })) }))],
      })),
    })
  })

  it('travels with all its values in one request', async () => {
    const { ask, asked } = openMarket()
    await ask('{ regions { shops { items { cost(times: 3) } } } }')
    const last = asked.at(-1)
    expect(last?.subgraph).toBe('costs')
    expect(last?.query.match(/_entities/g)).toHaveLength(2)
    expect(asked.filter(({ query }) => query.includes('cost('))).toHaveLength(1)
  })

  it('is told apart although the entity below is the same', async () => {
    const { ask } = openMarket()
    const { data } = await ask('{ regions { shops { shelf { tax } } } }')
    expect(data).toEqual({
      regions: MARKET.regions.map(({ vat, shops }) => ({
        shops: [shops.map(id => ({ shelf: { tax: `shelf ${id} ${vat}` } }))],
      })),
    })
  })

  it('may come from objects of several types, whichever is there', async () => {
    const { ask } = openMarket()
    expect((await ask('{ home { shop { shelf { tax } } } }')).data).toEqual({
      home: { shop: { shelf: { tax: 'shelf s1 1' } } },
    })
  })

  it('comes from further up, too', async () => {
    const { ask } = openMarket()
    expect((await ask('{ home { shop { items { box { label } } } } }')).data).toEqual({
      home: { shop: { items: [{ box: { label: 'box 1 of s1' } }, { box: { label: 'box 2 of s1' } }] } },
    })
  })

  it('is not what a client calls so by an alias', async () => {
    const { ask } = openMarket()
    const text = '{ home { no vat: no shop { id: currency shelf { tax } items { cost } } } }'
    expect((await ask(text)).data).toEqual({
      home: {
        no: 99,
        vat: 99,
        shop: {
          id: 'EUR',
          shelf: { tax: 'shelf s1 1' },
          items: [{ cost: cost('1', 's1') }, { cost: cost('2', 's1') }],
        },
      },
    })
  })

  it('is none of a client’s variables', async () => {
    const { ask, supergraph } = openMarket()
    const named =
      'query ($contextualArgument_1_1: Int) { home { shop { items { cost(times: $contextualArgument_1_1) } } } }'
    const { data, errors } = await ask(named, { contextualArgument_1_1: 5 })
    expect(data).toEqual({ home: { shop: { items: [{ cost: null }, { cost: null }] } } })
    expect(errors).toHaveLength(1)
    await expect(ask('{ home { shop { items { cost(in: "elsewhere") } } } }')).rejects.toThrow('Unknown argument "in"')
    expect(supergraph.schema.getDirective('fromContext')).toBeUndefined()
  })

  it('may be in what is deferred', async () => {
    const { askInParts, ask } = openMarket()
    const parts = await askInParts(
      '{ regions { no ... @defer { shops { items { cost } shelf { ... @defer { tax } } } } } }',
    )
    expect(parts.length).toBeGreaterThan(1)
    const whole = await ask('{ regions { no shops { items { cost } shelf { tax } } } }')
    expect(mergeParts(parts)).toEqual({ data: whole.data, errors: [] })
  })

  it('is right for any market, as one computes it by hand', async () => {
    const ids = ['s1', 's2', 's3']
    const shop = fc.record({ currency: fc.string(), items: fc.array(fc.constantFrom('1', '2', '3'), { maxLength: 4 }) })
    const markets: fc.Arbitrary<Market> = fc.record({
      shops: fc.record({ s1: shop, s2: shop, s3: shop }),
      regions: fc.array(
        fc.record({ vat: fc.option(fc.nat(3)), shops: fc.array(fc.constantFrom(...ids), { maxLength: 4 }) }),
        { maxLength: 5 },
      ),
    })
    await fc.assert(
      fc.asyncProperty(markets, async market => {
        const { ask } = openMarket(market)
        const { data, errors } = await ask('{ regions { shops { shelf { tax } items { cost box { label } } } } }')
        expect(errors).toBeUndefined()
        expect(data).toEqual({
          regions: market.regions.map(({ vat, shops }) => ({
            shops: [
              shops.map(id => ({
                shelf: { tax: `shelf ${id} ${vat}` },
                items: (market.shops[id]?.items ?? []).map(item => ({
                  cost: cost(item, id),
                  box: { label: `box ${item} of ${id}` },
                })),
              })),
            ],
          })),
        })
      }),
      { numRuns: Number(process.env['RUNS'] ?? 15), seed: Number(process.env['SEED'] ?? 1) },
    )
  }, 120_000)

  it('has so many different values in one request, and no more', async () => {
    const { ask, asked } = openMarket({
      regions: Array.from({ length: 120 }, (_, vat) => ({ vat, shops: ['s1'] })),
      shops: MARKET.shops,
    })
    const { data } = await ask('{ regions { shops { shelf { tax } } } }')
    const requests = asked.filter(({ query }) => query.includes('tax('))
    expect(requests.map(({ query }) => query.match(/_entities/g)?.length)).toEqual([50, 50, 20])
    const regions = Array.from({ length: 120 }, (_, vat) => ({ shops: [[{ shelf: { tax: `shelf s1 ${vat}` } }]] }))
    expect(data).toEqual({ regions })
  })
})
