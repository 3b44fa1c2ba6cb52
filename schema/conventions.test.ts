import { readFileSync } from 'node:fs'
import {
  buildSchema,
  type GraphQLNamedType,
  type GraphQLObjectType,
  getNamedType,
  isInputObjectType,
  isObjectType,
} from 'graphql'
import { describe, expect, it } from 'vitest'

const schema = buildSchema(readFileSync(new URL('./api.graphql', import.meta.url), 'utf8'))
const fieldsOf = (type: GraphQLNamedType): Readonly<Record<string, string>> =>
  isObjectType(type) || isInputObjectType(type)
    ? Object.fromEntries(Object.values(type.getFields()).map(({ name, type: of }) => [name, String(of)]))
    : {}
const root = (type: GraphQLObjectType | null | undefined) => Object.values(type?.getFields() ?? {})

/** Their answers hold tokens, which nothing keeps: they are not given a second time. */
const NOT_REPLAYED = ['signIn', 'refreshSession']
/** Say nothing of what they found, or have nothing left to show. */
const WITHOUT_ENTITY = ['resendVerification', 'requestPasswordReset', 'signOut', 'revokeSession']

describe('a mutation', () => {
  const mutations = root(schema.getMutationType())
  it.each(mutations.map(({ name, ...mutation }) => [name, mutation] as const))(
    '%s takes one input, and answers with what became of it, why not, and what to read it by',
    (name, { args, type }) => {
      expect(args.map(arg => [arg.name, String(arg.type).endsWith('Input!')])).toEqual([['input', true]])
      const [input] = args
      const replayed = input && 'idempotencyKey' in fieldsOf(getNamedType(input.type))
      expect(replayed).toBe(!NOT_REPLAYED.includes(name))
      const { userErrors, consistencyToken, ...entity } = fieldsOf(getNamedType(type))
      expect([userErrors, consistencyToken]).toEqual(['[UserError!]!', 'String'])
      expect(Object.keys(entity).length > 0).toBe(!WITHOUT_ENTITY.includes(name))
    },
  )
  it('is refused by code, sentence, and the path of what is wrong', () => {
    const error = schema.getType('UserError')
    expect(error && fieldsOf(error)).toEqual({ code: 'String!', message: 'String!', field: '[String!]' })
  })
})

describe('a list', () => {
  const connections = Object.values(schema.getTypeMap()).filter(({ name }) => name.endsWith('Connection'))
  it.each(connections.map(type => [type.name, type] as const))('%s is a Relay connection', (name, type) => {
    const edge = name.replace(/Connection$/, 'Edge')
    expect(fieldsOf(type)).toMatchObject({ edges: `[${edge}!]!`, pageInfo: 'PageInfo!' })
    expect(fieldsOf(schema.getType(edge) as GraphQLNamedType)).toMatchObject({
      cursor: 'String!',
      node: expect.anything(),
    })
  })
  it('is read both ways', () => {
    const types = Object.values(schema.getTypeMap()).filter(isObjectType)
    const lists = types.flatMap(root).filter(({ type }) => getNamedType(type).name.endsWith('Connection'))
    expect(lists.length).toBeGreaterThan(8)
    for (const { args } of lists)
      expect(args.map(({ name }) => name)).toEqual(expect.arrayContaining(['first', 'after', 'last', 'before']))
  })
})

it('money is a decimal and its currency', () =>
  expect(fieldsOf(schema.getType('Money') as GraphQLNamedType)).toEqual({
    amount: 'Decimal!',
    currency: 'CurrencyCode!',
  }))
