import { mutation } from './testing-client.ts'

/** Values that must turn up nowhere but where their owner looks. */
export const CANARY = {
  password: 'canary-Password-7Jx9',
  newPassword: 'canary-NewPassword-3Kq2',
  email: 'canary.mail.4711@example.com',
  secondEmail: 'canary.second.4712@example.com',
  displayName: 'Canaria Displayname',
  phone: '+49 30 90018847',
  recipient: 'Canaria Recipient',
  street: 'Canarystreet 4713',
  floor: 'Canaryfloor 4714',
  city: 'Canarycity',
  postalCode: 'CN4715',
  region: 'Canaryregion',
  paymentLabel: 'canary card 4716',
  paymentToken: 'tok_approved',
  wrongPaymentToken: 'tok_canary4717',
  note: 'canary note 4718',
  accessToken: 'eyJjYW5hcnk0NzE5Ijp0cnVlfQ.eyJjYW5hcnk0NzIwIjp0cnVlfQ.Y2FuYXJ5NDcyMQ',
  opaqueToken: 'canary-opaque-token-4722',
  apiKey: 'canary-api-key-4723',
} as const

export const CANARY_ADDRESS = {
  name: CANARY.recipient,
  line1: CANARY.street,
  line2: CANARY.floor,
  city: CANARY.city,
  postalCode: CANARY.postalCode,
  region: CANARY.region,
  country: 'DE',
}

/** The ways in which base64 may spell a text that starts at any of three places. */
const base64Of = (text: string): readonly string[] =>
  [0, 1, 2].flatMap(offset => {
    const spelled = Buffer.from(`${' '.repeat(offset)}${text}`).toString('base64')
    const sure = spelled.replaceAll('=', '').slice(offset === 0 ? 0 : offset + 1, -2)
    return [sure, sure.replaceAll('+', '-').replaceAll('/', '_')]
  })

/** Every spelling under which a value might hide. */
const spellingsOf = (value: string): ReadonlySet<string> =>
  new Set([
    value,
    value.toLowerCase(),
    encodeURIComponent(value),
    JSON.stringify(value).slice(1, -1),
    Buffer.from(value).toString('hex'),
    ...(value.length >= 10 ? base64Of(value) : []),
  ])

/** Which values are found in which text: `what: value … text around it`. */
export const findAll = (what: string, texts: Iterable<string>, values: Iterable<string>): readonly string[] => {
  const spellings = [...values].flatMap(value => [...spellingsOf(value)].map(spelling => ({ value, spelling })))
  const found: string[] = []
  for (const text of texts)
    for (const { value, spelling } of spellings) {
      const at = text.indexOf(spelling)
      if (at >= 0) found.push(`${what}: ${value} in …${text.slice(Math.max(0, at - 80), at + spelling.length + 40)}…`)
    }
  return found
}

export interface CanaryRequest {
  readonly query: string
  readonly variables?: unknown
  readonly headers?: Readonly<Record<string, string>>
}

type Input = Readonly<Record<string, unknown>>

/** GraphQL's spelling of an input value. */
const literal = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`
  if (typeof value === 'object' && value !== null)
    return `{${Object.entries(value)
      .map(([name, inner]) => `${name}: ${literal(inner)}`)
      .join(', ')}}`
  return JSON.stringify(value)
}

const wrongTypes = (value: unknown): unknown => {
  if (Array.isArray(value)) return { wrong: value }
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, wrongTypes(inner)]))
  return [{ wrong: value }]
}

/** One input, sent in all the ways in which clients send it right and wrong. */
export const formsOf = (field: string, input: Input): readonly CanaryRequest[] => {
  const selection = field === 'signIn' || field === 'refreshSession' ? 'session { accessToken refreshToken }' : ''
  const query = mutation(field, selection)
  const inline = `mutation { ${field}(input: ${literal(input)}) { ${selection} userErrors { code message field } } }`
  return [
    { query, variables: { input } },
    { query, variables: { input }, headers: { 'idempotency-key': `key of ${field}`.replaceAll(' ', '-') } },
    { query: inline },
    { query, variables: { input: wrongTypes(input) } },
    { query, variables: { input: { ...input, unknownField: input } } },
    { query: inline.slice(0, -3) },
    { query: inline.replace('userErrors', JSON.stringify(input)) },
    { query, variables: { input }, headers: { authorization: `Bearer ${CANARY.accessToken}` } },
    { query, variables: { input }, headers: { authorization: `Basic ${CANARY.opaqueToken}` } },
    {
      query,
      variables: { input },
      headers: {
        cookie: `mct_x=${CANARY.opaqueToken}; session=${CANARY.opaqueToken}`,
        'x-consistency-token': CANARY.opaqueToken,
        'x-api-key': CANARY.apiKey,
      },
    },
  ]
}
