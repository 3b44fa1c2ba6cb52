import {
  type GraphQLInputObjectType,
  type GraphQLInputType,
  type GraphQLSchema,
  getNamedType,
  isInputObjectType,
  isListType,
  isNonNullType,
} from 'graphql'

/** What the shop of the test holds, for values that exist but are not the caller's to use. */
export interface Foreign {
  readonly orderId: string
  readonly returnId: string
  readonly paymentMethodId: string
  readonly addressId: string
  readonly sessionId: string
  readonly paymentId: string
  readonly email: string
  readonly username: string
  readonly sku: string
}

export interface BadInput {
  /** `lines.0.quantity = -1` */
  readonly what: string
  readonly input: unknown
}

type Path = readonly (string | number)[]

const UNKNOWN_ID = '01890000-0000-7000-8000-00000000dead'
const NUL = 'a\u0000b'
const LONG = 'x'.repeat(10_240)
const HALF = 'half a \ud83d character'
const TEXTS = ['', NUL, LONG, HALF]

/** Free texts that may be empty: then nothing was said. */
const MAY_BE_EMPTY = /^(description|note|reason|reference|line2|region|value|alt)$/
/** Texts in which every character counts: a NUL is none of our business. */
const SECRETS = /password$/i

const byName = (mutation: string, name: string, foreign: Foreign): readonly unknown[] | undefined => {
  if (name === 'stream') return [...TEXTS, 'nonsense']
  if (name === 'quantity') return [0, -1, 1_000_001, 2_147_483_647, 2_147_483_648, 1.5, '2', NaN]
  if (name === 'delta') return [0, 2_147_483_647, -2_147_483_647, -999_999, 1.5]
  if (name === 'threshold') return [-1, 2_147_483_647, 0.5]
  if (name === 'weightGrams') return [-1, 2_147_483_647, 0.5]
  if (name === 'amount') return ['-1.00', '1e3', 'NaN', '1.2345', '99999999999999999999', '', NUL, LONG, 5, null]
  if (name === 'currency')
    return mutation === 'changePrice' || mutation === 'createProduct' ? ['XXX', ''] : ['JPY', 'XXX']
  if (name === 'country') return ['', 'Germany', 'germany', '1', NUL, LONG]
  if (name === 'sku') {
    if (mutation === 'createProduct') return [...TEXTS, foreign.sku, 'a b']
    // Beside a productId, no SKU is no contradiction.
    return /^(addToCart|addToGuestCart|placeOrder)$/.test(mutation)
      ? [NUL, LONG, foreign.sku]
      : [...TEXTS, 'NO-SUCH-SKU']
  }
  if (name === 'email')
    return mutation === 'registerUser'
      ? [...TEXTS, 'nobody', foreign.email, foreign.email.toUpperCase()]
      : [...TEXTS, 'nobody']
  if (name === 'username') return [...TEXTS, 'a b', foreign.username, foreign.username.toUpperCase()]
  if (name === 'idempotencyKey') return [...TEXTS, 'k\u00e9y', 'a b']
  if (/^(token|refreshToken|guestToken)$/.test(name)) return [...TEXTS, 'nonsense', 'tok_unknown', UNKNOWN_ID]
  if (SECRETS.test(name))
    return mutation === 'signIn' || name === 'currentPassword' ? ['', NUL, LONG, 'wrong'] : ['', LONG, 'short']
  if (name === 'id' || name.endsWith('Id')) {
    const theirs = Object.entries(foreign).find(([known]) => known === name)?.[1]
    return [...TEXTS, 'nonsense', UNKNOWN_ID, '__proto__', ...(theirs === undefined ? [] : [theirs])]
  }
  return undefined
}

const badLeaves = (mutation: string, name: string, type: GraphQLInputType, foreign: Foreign): readonly unknown[] => {
  const special = byName(mutation, name, foreign)
  const required = isNonNullType(type) ? [null] : []
  if (special) return [...special, ...required, { not: 'a leaf' }]
  switch (getNamedType(type).name) {
    case 'String':
      return [...(MAY_BE_EMPTY.test(name) ? [] : ['']), NUL, LONG, HALF, 7, ...required]
    case 'Boolean':
      return ['yes', 1, ...required]
    default:
      return ['NO_SUCH_VALUE', 7, ...required]
  }
}

const replaced = (value: unknown, [step, ...rest]: Path, leaf: unknown): unknown => {
  if (step === undefined) return leaf
  if (Array.isArray(value)) return value.map((each, index) => (index === step ? replaced(each, rest, leaf) : each))
  return { ...(value as object), [step]: replaced((value as Record<string, unknown>)[step], rest, leaf) }
}

const listOf = (type: GraphQLInputType): GraphQLInputType | undefined => {
  const inner = isNonNullType(type) ? type.ofType : type
  return isListType(inner) ? inner.ofType : undefined
}

/** Every part of an input with something bad in its place; all other parts stay as they are. */
export const badInputs = (
  schema: GraphQLSchema,
  mutation: string,
  good: Readonly<Record<string, unknown>>,
  foreign: Foreign,
): readonly BadInput[] => {
  const field = schema.getMutationType()?.getFields()[mutation]
  const inputType = getNamedType(field?.args[0]?.type)
  if (!isInputObjectType(inputType)) throw new Error(`${mutation} takes no input`)
  const found: BadInput[] = []
  const put = (path: Path, leaf: unknown): void => {
    const shown = JSON.stringify(leaf) ?? 'absent'
    found.push({ what: `${path.join('.')} = ${shown.slice(0, 40)}`, input: replaced(good, path, leaf) })
  }
  const visit = (type: GraphQLInputType, value: unknown, path: Path): void => {
    const item = listOf(type)
    if (item) {
      if (isNonNullType(type)) put(path, null)
      put(path, 'no list')
      if (path.at(-1) === 'lines') {
        put(path, [])
        put(
          path,
          Array.from({ length: 150 }, (_, index) => ({ sku: `NO-SUCH-${index}`, quantity: 1 })),
        )
      }
      if (Array.isArray(value) && value.length > 0) visit(item, value[0], [...path, 0])
      return
    }
    const named = getNamedType(type)
    if (isInputObjectType(named)) {
      if (value !== undefined) object(named, value as Record<string, unknown>, path)
      return
    }
    for (const leaf of badLeaves(mutation, String(path.at(-1)), type, foreign)) put(path, leaf)
  }
  const object = (type: GraphQLInputObjectType, value: Readonly<Record<string, unknown>>, path: Path): void => {
    for (const { name, type: fieldType } of Object.values(type.getFields()))
      visit(fieldType, value[name], [...path, name])
    put([...path, 'unheardOf'], 'x')
    if (path.length > 0) {
      put(path, 'no object')
      put(path, {})
    }
  }
  object(inputType, good, [])
  return [...found, { what: 'null', input: null }, { what: 'a text', input: 'text' }, { what: 'a list', input: [[]] }]
}
