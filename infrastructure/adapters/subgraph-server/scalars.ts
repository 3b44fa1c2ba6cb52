import { GraphQLError, GraphQLScalarType, type ValueNode, valueFromASTUntyped } from 'graphql'

const DATE_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2})$/
const DECIMAL = /^-?\d{1,18}(?:\.\d{1,9})?$/

const refuse = (name: string, wanted: string, node?: ValueNode): never => {
  throw new GraphQLError(`${name} must be ${wanted}.`, {
    ...(node && { nodes: [node] }),
    extensions: { code: 'BAD_USER_INPUT' },
  })
}

const textScalar = (name: string, description: string, wanted: string, read: (text: string) => string | undefined) => {
  const parse = (value: unknown, node?: ValueNode): string =>
    (typeof value === 'string' ? read(value) : undefined) ?? refuse(name, wanted, node)
  return new GraphQLScalarType<string, string>({
    name,
    description,
    serialize: value => parse(value instanceof Date ? value.toISOString() : value),
    parseValue: value => parse(value),
    parseLiteral: node => (node.kind === 'StringValue' ? parse(node.value, node) : refuse(name, wanted, node)),
  })
}

/** A moment: ISO 8601 with an offset on the wire, normalised to UTC (`2026-11-23T06:25:00.000Z`) for resolvers. */
export const DateTime = textScalar(
  'DateTime',
  'A moment, as an ISO 8601 string.',
  'an ISO 8601 date and time with an offset',
  text => {
    const moment = DATE_TIME.test(text) ? new Date(text) : undefined
    return moment && !Number.isNaN(moment.getTime()) ? moment.toISOString() : undefined
  },
)

/** A decimal number as a string, so that no client rounds it: `"19.99"`. */
export const Decimal = textScalar(
  'Decimal',
  'A decimal number, as a string.',
  'a decimal number in a string, such as "19.99"',
  text => (DECIMAL.test(text) ? text : undefined),
)

/** Any JSON value. */
export const JSONValue = new GraphQLScalarType<unknown, unknown>({
  name: 'JSON',
  description: 'Any JSON value.',
  parseValue: value => value,
  parseLiteral: (node, variables) => valueFromASTUntyped(node, variables),
})

export const scalars: Readonly<Record<string, GraphQLScalarType>> = { DateTime, Decimal, JSON: JSONValue }
