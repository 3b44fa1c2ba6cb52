import { z } from 'zod'
import { Problem, Refusal } from './resources.ts'
import type { Route } from './route.ts'

type Schema = Record<string, unknown>

const REF = '#/components/schemas/'

/** Turns zod types into JSON schemas; those with a name end up in `named`, referred to. */
const schemaWriter = () => {
  const named: Record<string, unknown> = {}
  const schemaOf = (type: z.ZodType): Schema => {
    const written = z.toJSONSchema(type, { target: 'draft-2020-12', io: 'input', reused: 'inline' })
    const {
      $schema: _,
      $defs = {},
      ...schema
    } = JSON.parse(JSON.stringify(written).replaceAll('"#/$defs/', `"${REF}`)) as Schema & {
      readonly $defs?: Readonly<Record<string, unknown>>
    }
    Object.assign(named, $defs)
    return schema
  }
  return { named, schemaOf }
}
type SchemaOf = ReturnType<typeof schemaWriter>['schemaOf']

const IDEMPOTENCY_KEY = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description: 'Repeats with the same key get the first answer.',
  schema: { type: 'string', maxLength: 128 },
}

const IF_NONE_MATCH = {
  name: 'If-None-Match',
  in: 'header',
  required: false,
  description: 'The `ETag` of an answer that is at hand: 304 when it still holds.',
  schema: { type: 'string', maxLength: 200 },
}

const parametersOf = (route: Route, schemaOf: SchemaOf): readonly unknown[] => {
  const inPath = [...route.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string', maxLength: 100 },
  }))
  const inQuery = Object.entries(route.query?.shape ?? {}).map(([name, type]) => {
    const { description, ...schema } = schemaOf(type as z.ZodType)
    return { name, in: 'query', required: false, ...(description ? { description } : {}), schema }
  })
  const inHeaders = Object.entries(route.headers?.shape ?? {}).map(([header, type]) => {
    const { description, ...schema } = schemaOf(type as z.ZodType)
    const name = header.replace(/(?<=^|-)\w/g, letter => letter.toUpperCase())
    const required = !(type as z.ZodType).safeParse(undefined).success
    return { name, in: 'header', required, ...(description ? { description } : {}), schema }
  })
  return [...inPath, ...inQuery, ...inHeaders, route.method === 'GET' ? IF_NONE_MATCH : IDEMPOTENCY_KEY]
}

const headersOf = ({ success: { header }, method }: Route): Schema => {
  const names = [...(header ? [header] : []), ...(method === 'GET' ? ['ETag'] : [])]
  const headers = Object.fromEntries(names.map(name => [name, { schema: { type: 'string' } }]))
  return names.length > 0 ? { headers } : {}
}

const operationOf = (route: Route, schemaOf: SchemaOf): unknown => {
  const problem = { 'application/problem+json': { schema: schemaOf(Problem) } }
  const { status, description, schema, mediaType = 'application/json' } = route.success
  return {
    operationId: route.operation.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase()),
    summary: route.summary,
    tags: [tagOf(route)],
    parameters: parametersOf(route, schemaOf),
    security: route.signedIn ? [{ apiKey: [], accessToken: [] }] : [{ apiKey: [] }],
    ...(route.body
      ? { requestBody: { required: true, content: { 'application/json': { schema: schemaOf(route.body) } } } }
      : {}),
    responses: {
      [status]: {
        description,
        ...headersOf(route),
        ...(schema ? { content: { [mediaType]: { schema: schemaOf(schema) } } } : {}),
      },
      ...(route.method === 'GET' ? { 304: { description: 'What `If-None-Match` names is still so.' } } : {}),
      '4XX': {
        description:
          'Why it was refused; plain JSON when the edge refused it: no API key, too many requests, too large.',
        content: { ...problem, 'application/json': { schema: schemaOf(Refusal) } },
      },
      default: { description: 'What went wrong.', content: problem },
    },
  }
}

const TAGS: Readonly<Record<string, string>> = {
  sessions: 'Signing in and out.',
  'password-resets': 'A new password for somebody who forgot the old one.',
  'email-verifications': 'Confirming an address.',
  registrations: 'Completing a registration.',
  users: 'Accounts.',
  me: 'One’s own account.',
  products: 'The catalogue.',
  categories: 'Categories of the catalogue.',
  stock: 'How many pieces there are, and why.',
  cart: 'One’s cart.',
  'guest-cart': 'The cart of somebody who has not signed in.',
  orders: 'Orders, from placing to return.',
  payments: 'Payments of orders.',
  'payment-methods': 'Ways to pay.',
  invoices: 'Invoices and credit notes.',
}

const tagOf = ({ path }: Route): string => path.split('/')[1] ?? ''

/** The OpenAPI 3.1 document of the routes. */
export const openApiOf = (routes: readonly Route[]): unknown => {
  const { named, schemaOf } = schemaWriter()
  const paths: Record<string, Record<string, unknown>> = {}
  for (const route of routes) {
    const path = `/api/v1${route.path}`
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operationOf(route, schemaOf) }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Mercato',
      version: '1',
      description: 'The marketplace over REST: each route is a stored operation of the graph.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    tags: [...new Set(routes.map(tagOf))].map(name => ({ name, description: TAGS[name] ?? name })),
    paths,
    components: {
      schemas: named,
      securitySchemes: {
        apiKey: { type: 'apiKey', in: 'header', name: 'X-API-Key' },
        accessToken: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
      },
    },
  }
}
