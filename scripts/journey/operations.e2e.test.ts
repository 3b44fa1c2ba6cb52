import { readFileSync } from 'node:fs'
import { buildSchema, isEnumType } from 'graphql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchMercato, type MercatoProcess, temporaryData } from '../../infrastructure/embedded/testing-process.ts'
import { operationPaths } from '../../schema/stored-operations.ts'
import { runEveryOperation } from './testing/every-operation.ts'
import { frontEndOf } from './testing/front-end.ts'

const schema = buildSchema(readFileSync(new URL('../../schema/api.graphql', import.meta.url), 'utf8'))
const data = temporaryData()
let mercato: MercatoProcess

beforeAll(async () => {
  mercato = await (await launchMercato(data.path)).ready
}, 120_000)
afterAll(async () => {
  await mercato[Symbol.asyncDispose]()
  await data[Symbol.asyncDispose]()
}, 60_000)

describe('the demo data', () => {
  const valuesOf = (name: string): readonly string[] => {
    const type = schema.getType(name)
    if (!isEnumType(type)) throw new Error(`${name} is no enum`)
    return type.getValues().map(each => each.name)
  }
  /** The values of an enum that nothing shows, but for those that nothing rests in. */
  const missing = (name: string, shown: readonly string[], passing: readonly string[] = []): readonly string[] => {
    expect(shown.length, name).toBeGreaterThan(0)
    return valuesOf(name).filter(value => !shown.includes(value) && !passing.includes(value))
  }
  // biome-ignore lint/suspicious/noExplicitAny: answers are looked at field by field
  const nodes = (connection: any): any[] => connection.edges.map(({ node }: any) => node)

  it('shows orders, returns and payments in every state in which they can rest', async () => {
    const support = await frontEndOf(mercato.url, 'support')
    const { data } = await support.ask(
      '{ orders(first: 50) { edges { node { status returns { status } payment { status } timeline { event } } } } }',
    )
    const orders = nodes(data.orders)
    expect(
      missing(
        'OrderStatus',
        orders.map(({ status }) => status),
        ['PENDING', 'AWAITING_PAYMENT'],
      ),
    ).toEqual([])
    expect(
      missing(
        'ReturnStatus',
        orders.flatMap(({ returns }) => returns.map(({ status }: { status: string }) => status)),
      ),
    ).toEqual([])
    // An authorisation expires after days only.
    expect(
      missing(
        'PaymentStatus',
        orders.map(({ payment }) => payment.status),
        ['REQUESTED', 'EXPIRED'],
      ),
    ).toEqual([])
    expect(new Set(orders.map(({ timeline }) => timeline.length)).size).toBeGreaterThan(3)
  })

  it('shows accounts in every state, with every role', async () => {
    const support = await frontEndOf(mercato.url, 'support')
    const { data } = await support.ask('{ users(first: 50) { edges { node { status roles emailVerified } } } }')
    const users = nodes(data.users)
    expect(
      missing(
        'UserStatus',
        users.map(({ status }) => status),
        // Who was erased is in no list.
        ['ERASED'],
      ),
    ).toEqual([])
    expect(
      missing(
        'Role',
        users.flatMap(({ roles }) => roles),
      ),
    ).toEqual([])
    expect(users.some(({ status, emailVerified }) => status === 'ACTIVE' && !emailVerified)).toBe(true)
  })

  it('shows products on sale, sold out or nearly, not yet and no longer on sale, and every kind of movement', async () => {
    const merchandiser = await frontEndOf(mercato.url, 'merchandiser')
    const { data } = await merchandiser.ask(
      `{ products(first: 60, filter: { includeUnpublished: true }) { edges { node { sku published priceHistory { since } stock { lowStockThreshold available } } } } }`,
    )
    const products = nodes(data.products)
    expect(products.filter(({ published }) => !published).map(({ sku }) => sku)).toHaveLength(2)
    expect(products.some(({ priceHistory }) => priceHistory.length > 1)).toBe(true)
    expect(products.some(({ stock }) => stock.lowStockThreshold !== null)).toBe(true)
    const kinds: string[] = []
    for (const { sku } of products) {
      const { data: ledger } = await merchandiser.ask(
        `query ($sku: String!) { stockMovements(sku: $sku, first: 100) { edges { node { kind } } } }`,
        { sku },
      )
      kinds.push(...nodes(ledger.stockMovements).map(({ kind }) => kind))
    }
    expect(missing('StockMovementKind', kinds)).toEqual([])
  })

  it('shows a cart in which every line is in the way of an order', async () => {
    const undecided = await frontEndOf(mercato.url, 'undecided')
    const { data } = await undecided.ask('{ cart { problems { __typename } } }')
    expect(data.cart.problems.map(({ __typename }: { __typename: string }) => __typename).toSorted()).toEqual([
      'NotEnoughStock',
      'PriceChanged',
      'ProductUnavailable',
    ])
  })
})

describe('the stored operations', () => {
  it('all do what they say, with their example variables, on the running system', async () => {
    const done = await runEveryOperation(mercato.url)
    expect([...done].sort()).toEqual(operationPaths().filter(path => !path.startsWith('rest/')))
  }, 60_000)
})
