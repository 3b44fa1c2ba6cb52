import { readFileSync } from 'node:fs'
import {
  buildSchema,
  type GraphQLInputType,
  GraphQLObjectType,
  getNamedType,
  isInputObjectType,
  isNonNullType,
} from 'graphql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type BusyShop, openBusyShop } from './testing-busy-shop.ts'
import type { Answer, Client } from './testing-client.ts'
import { openSystem, type System } from './testing-system.ts'
import { particularPorts } from './testing-wraps.ts'

const schema = buildSchema(readFileSync(new URL('../../schema/api.graphql', import.meta.url), 'utf8'))
const MUTATIONS = Object.keys(schema.getMutationType()?.getFields() ?? {})

let system: System
let shop: BusyShop
beforeAll(async () => {
  system = await openSystem({ wrap: particularPorts })
  shop = await openBusyShop(system, MUTATIONS)
}, 60_000)
afterAll(() => system[Symbol.asyncDispose]())

const codesOf = ({ errors = [] }: Answer): readonly unknown[] => errors.map(({ extensions }) => extensions?.['code'])
const goodOf = (field: string) => {
  const good = shop.good[field]
  if (!good) throw new Error(`nobody says how ${field} is sent right`)
  return good
}

/** Paths to all texts and ids in a field's arguments. */
const textPaths = (
  fields: readonly { readonly name: string; readonly type: GraphQLInputType }[],
): readonly string[][] =>
  fields.flatMap(({ name, type }) => {
    const named = getNamedType(type)
    if (named.name === 'String' || named.name === 'ID') return [[name]]
    return isInputObjectType(named) ? textPaths(Object.values(named.getFields())).map(path => [name, ...path]) : []
  })

describe('a cursor', () => {
  const LISTS: Readonly<Record<string, readonly [who: 'owner' | 'support' | 'merchandiser', field: string]>> = {
    orders: ['owner', 'orders(ARGS) { edges { cursor node { id } } }'],
    'User.orders': ['owner', 'me { orders(ARGS) { edges { cursor node { id } } } }'],
    invoices: ['owner', 'invoices(ARGS) { edges { cursor node { id } } }'],
    products: ['owner', 'products(ARGS) { edges { cursor node { id } } }'],
    users: ['support', 'users(ARGS) { edges { cursor node { id } } }'],
    stockMovements: ['merchandiser', 'stockMovements(sku: "CUP", ARGS) { edges { cursor node { id } } }'],
  }
  const asks = (who: 'owner' | 'support' | 'merchandiser') =>
    ({ owner: shop.owner, support: goodOf('refundPayment').as, merchandiser: goodOf('receiveStock').as })[who]
  const edgesIn = ({ data }: Answer): readonly { cursor: string; node: { id: string } }[] => {
    const list = data?.me ? data.me.orders : Object.values(data ?? {})[0]
    return (list as { edges?: readonly { cursor: string; node: { id: string } }[] } | null)?.edges ?? []
  }
  const page = ([who, field]: (typeof LISTS)[string], args: string, cursor?: string) =>
    asks(who).send(`query ($cursor: String) { ${field.replace('ARGS', args)} }`, { cursor })

  it.each(Object.keys(LISTS))('of %s that is none, or of another list, shows nothing that is not there', async name => {
    const list = LISTS[name] as (typeof LISTS)[string]
    const all = new Set(edgesIn(await page(list, 'first: 100, after: $cursor')).map(({ node }) => node.id))
    expect(all.size).toBeGreaterThan(0)
    const others = Object.entries(LISTS).filter(([other]) => other !== name)
    const foreign = await Promise.all(
      others.map(async ([, other]) => edgesIn(await page(other, 'first: 1, after: $cursor'))[0]?.cursor ?? ''),
    )
    const bad = ['nonsense', 'a\u0000b', 'x'.repeat(10_240), Buffer.from('{"a":1}').toString('base64url'), ...foreign]
    const problems: string[] = []
    for (const cursor of bad)
      for (const args of ['first: 100, after: $cursor', 'last: 100, before: $cursor']) {
        const answer = await page(list, args, cursor)
        const codes = codesOf(answer)
        if (codes.some(code => code !== 'BAD_USER_INPUT' && code !== 'CURSOR_EXPIRED'))
          problems.push(`${cursor}: ${codes}`)
        for (const { node } of edgesIn(answer)) if (!all.has(node.id)) problems.push(`${cursor}: shows ${node.id}`)
        if (codes.length === 0 && !foreign.includes(cursor)) problems.push(`${cursor.slice(0, 20)}: taken`)
      }
    expect(problems).toEqual([])
  })

  it('of a subscription that is none, somebody else’s or for something else ends it with a code', async () => {
    const { orderId } = goodOf('shipOrder').input as { orderId: string }
    const { orderId: otherId } = goodOf('cancelOrder').input as { orderId: string }
    const order = await shop.owner.send('query ($id: ID!) { order(id: $id) { cursor } }', { id: orderId })
    const cursor: string = order.data.order.cursor
    const tampered = `${cursor.slice(0, -2)}${cursor.endsWith('AA') ? 'BB' : 'AA'}`
    const sku = '(skus: ["CUP"], after: $after) { cursor }'
    const product = String(goodOf('changePrice').input['id'])
    const resume = async (client: Client, field: string, after: string): Promise<Answer> => {
      const headers = { accept: 'text/event-stream' }
      const { text, ...answer } = await client.send(
        `subscription ($after: String) { ${field} }`,
        { after },
        { headers },
      )
      const data = /^data: ?(\{.*\})$/m.exec(text)?.[1]
      return { ...answer, ...(data === undefined ? {} : JSON.parse(data)), text }
    }
    const mine = `orderChanged(id: "${orderId}", after: $after) { cursor }`
    const none = ['nonsense', '', 'a\u0000b', 'x'.repeat(10_240), tampered]
    const tries: readonly (readonly [Client, string, string])[] = [
      ...none.map(after => [shop.owner, mine, after] as const),
      [shop.stranger, mine, cursor],
      [shop.owner, `orderChanged(id: "${otherId}", after: $after) { cursor }`, cursor],
      [shop.owner, 'myOrdersChanged(after: $after) { cursor }', cursor],
      [shop.owner, `paymentChanged(orderId: "${orderId}", after: $after) { cursor }`, cursor],
      [shop.owner, 'userChanged(after: $after) { cursor }', cursor],
      [shop.owner, 'mySessionsChanged(after: $after) { cursor }', cursor],
      [shop.owner, `stockChanged${sku}`, cursor],
      [shop.owner, `productChanged(id: "${product}", after: $after) { cursor }`, cursor],
    ]
    const codes = await Promise.all(
      tries.map(async ([client, field, after]) => [field, codesOf(await resume(client, field, after))] as const),
    )
    expect(codes.filter(([, each]) => !['CURSOR_EXPIRED', 'FORBIDDEN'].includes(String(each)))).toEqual([])
  })
})

describe.each(Object.values(schema.getQueryType()?.getFields() ?? {}))('the query $name', ({ name, args, type }) => {
  it('answers texts that nobody can mean with a code, or as what is not there', async () => {
    const bad = ['', 'a\u0000b', 'x'.repeat(10_240), '\ud800', '__proto__', "'; drop table events --"]
    const operator = goodOf('assignRole').as
    const problems: string[] = []
    for (const path of textPaths(args))
      for (const value of bad) {
        const [first = '', ...rest] = path
        const given = rest.reduceRight<unknown>((inner, key) => ({ [key]: inner }), value)
        const argument = args.find(each => each.name === first)
        if (!argument) throw new Error(`${name} does not take ${first}`)
        const required = args.filter(each => isNonNullType(each.type) && each.defaultValue === undefined)
        const others = required.filter(each => each !== argument).map(each => `, ${each.name}: "CUP"`)
        const selection = getNamedType(type) instanceof GraphQLObjectType ? ' { __typename }' : ''
        const query = `query ($value: ${argument.type}) { ${name}(${first}: $value${others.join('')})${selection} }`
        for (const client of [operator, shop.owner, goodOf('refundPayment').as]) {
          const codes = codesOf(await client.send(query, { value: given }))
          if (codes.some(code => code === 'INTERNAL_SERVER_ERROR' || typeof code !== 'string'))
            problems.push(`${path.join('.')} = ${JSON.stringify(value).slice(0, 20)}: ${codes}`)
        }
      }
    expect(problems).toEqual([])
  })
})

it('nothing of it broke anything inside', () => {
  expect(system.lines.filter(({ level }) => level === 'error')).toEqual([])
})
