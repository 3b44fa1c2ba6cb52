import { describe, expect, it } from 'vitest'
import { openGateway } from '../testing/open-gateway.ts'
import { openSubgraphs } from './testing/subgraphs.ts'

type Given = Readonly<Record<string, unknown>>
const same = { __resolveReference: (given: Given) => given }

const open = () =>
  openSubgraphs({
    shop: {
      sdl: 'type Query { p: P q: Int } type P @key(fields: "id") { id: ID! name: String size: Int }',
      resolvers: { Query: { p: () => ({ id: '1', name: 'one', size: 2 }), q: () => 3 } },
    },
    prices: {
      sdl: 'type P @key(fields: "id") { id: ID! price: Int size: Int @external postage: Int @requires(fields: "size") }',
      resolvers: { P: { ...same, price: () => 5, postage: ({ size }: { size: number }) => size * 10 } },
    },
  })
const BOOLEANS = [true, false]

describe('@skip and @include', () => {
  it.each(BOOLEANS.flatMap(a => BOOLEANS.flatMap(b => BOOLEANS.map(c => [a, b, c] as const))))(
    'at three levels decide what is answered and whom to ask: %j, %j, %j',
    async (a, b, c) => {
      const { ask, asked } = open()
      const query =
        'query ($a: Boolean!, $b: Boolean!, $c: Boolean!) { q p @include(if: $a) { name ... @skip(if: $b) { price postage @include(if: $c) } } }'
      const far = b ? {} : { price: 5, ...(c && { postage: 20 }) }
      expect(await ask(query, { a, b, c })).toEqual({ data: { q: 3, ...(a && { p: { name: 'one', ...far } }) } })
      expect(asked.map(({ subgraph }) => subgraph)).toEqual(a && !b ? ['shop', 'prices'] : ['shop'])
      expect(asked.some(({ query: sent }) => sent.includes('postage'))).toBe(a && !b && c)
    },
  )

  it.each([
    ['both on one field', 'price @skip(if: $on) @include(if: $on)', { on: {}, off: {} }],
    ['one field twice', 'price @skip(if: $on) price @include(if: $on)', { on: { price: 5 }, off: { price: 5 } }],
    [
      'one field under two names',
      'a: price @skip(if: $on) b: price @include(if: $on)',
      { on: { b: 5 }, off: { a: 5 } },
    ],
    [
      'a fragment',
      '...F @include(if: $on) } } fragment F on P { price postage',
      { on: { price: 5, postage: 20 }, off: {} },
    ],
    ['a field inside of a fragment', '...F } } fragment F on P { price @skip(if: $on)', { on: {}, off: { price: 5 } }],
    [
      'a field that others are made of',
      'size @include(if: $on) postage',
      { on: { size: 2, postage: 20 }, off: { postage: 20 } },
    ],
    [
      'a field that is made of others',
      'size postage @include(if: $on)',
      { on: { size: 2, postage: 20 }, off: { size: 2 } },
    ],
  ])('mean the same on what another subgraph has: %s', async (_, selection, { on, off }) => {
    const { ask } = open()
    const query = `query ($on: Boolean!) { p { id ${selection}${selection.includes('} }') ? ' }' : ' } }'}`
    expect(await ask(query, { on: true })).toEqual({ data: { p: { id: '1', ...on } } })
    expect(await ask(query, { on: false })).toEqual({ data: { p: { id: '1', ...off } } })
  })

  it('may leave nothing: then nobody is asked', async () => {
    const { ask, asked } = open()
    expect(await ask('query ($on: Boolean = false) { p @include(if: $on) { name } q @skip(if: true) }')).toEqual({
      data: {},
    })
    expect(asked).toEqual([])
  })

  it('take defaults where nothing is given, and what is given otherwise', async () => {
    const { ask } = open()
    const query = 'query ($on: Boolean! = true) { q @include(if: $on) }'
    expect(await ask(query)).toEqual({ data: { q: 3 } })
    expect(await ask(query, { on: false })).toEqual({ data: {} })
  })
})

describe('an operation with many conditions, which is planned once for all their values', () => {
  it('is answered for each of them as if it had been written without', async () => {
    await using gate = await openGateway()
    const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g'] as const
    const query = `query (${names.map(name => `$${name}: Boolean!`).join(' ')}) {
      person(id: "1") @include(if: $a) { id name @skip(if: $b) orders @include(if: $c) {
        id total @skip(if: $d) buyer @include(if: $e) { id name @skip(if: $f) lastOrder @include(if: $g) { total } } } } }`
    for (let bits = 0; bits < 128; bits++) {
      const [a, b, c, d, e, f, g] = names.map((_, i) => (bits & (1 << i)) !== 0)
      const buyer = { id: '1', ...(!f && { name: 'Ada' }), ...(g && { lastOrder: { total: 10 } }) }
      const order = { id: 'o1', ...(!d && { total: 10 }), ...(e && { buyer }) }
      const person = { id: '1', ...(!b && { name: 'Ada' }), ...(c && { orders: [order] }) }
      const { body } = await gate.ask(query, { variables: { a, b, c, d, e, f, g } })
      expect(body, `${bits}`).toEqual({ data: a ? { person } : {} })
    }
  })

  it('is refused with a code when a value is no boolean', async () => {
    await using gate = await openGateway()
    const { body } = await gate.ask('query ($on: Boolean) { motto @include(if: $on) }', { variables: { on: null } })
    expect(body.errors[0].extensions.code).toMatch(/BAD_USER_INPUT|GRAPHQL_VALIDATION_FAILED/)
  })
})
