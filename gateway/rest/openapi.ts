import { z } from 'zod'
import { Problem } from './resources.ts'
import type { Route } from './route.ts'

const schemaOf = (type: z.ZodType): unknown => {
  const { $schema: _, ...schema } = z.toJSONSchema(type, {
    target: 'draft-2020-12',
    io: 'input',
    reused: 'inline',
  }) as Record<string, unknown>
  return schema
}

const parametersOf = (route: Route): readonly unknown[] => {
  const inPath = [...route.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string', maxLength: 100 },
  }))
  const inQuery = Object.entries(route.query?.shape ?? {}).map(([name, type]) => {
    const schema = schemaOf(type as z.ZodType) as Record<string, unknown>
    return {
      name,
      in: 'query',
      required: false,
      ...(schema['description'] ? { description: schema['description'] } : {}),
      schema,
    }
  })
  const key = {
    name: 'Idempotency-Key',
    in: 'header',
    required: false,
    description: 'Repeats with the same key get the first answer.',
    schema: { type: 'string', maxLength: 128 },
  }
  return [...inPath, ...inQuery, ...(route.method === 'GET' ? [] : [key])]
}

const operationOf = (route: Route): unknown => {
  const problem = { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } }
  return {
    operationId: route.operation.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase()),
    summary: route.summary,
    tags: [route.path.split('/')[1]],
    parameters: parametersOf(route),
    security: route.signedIn ? [{ apiKey: [], accessToken: [] }] : [{ apiKey: [] }],
    ...(route.body
      ? { requestBody: { required: true, content: { 'application/json': { schema: schemaOf(route.body) } } } }
      : {}),
    responses: {
      [route.success.status]: {
        description: route.success.description,
        content: { 'application/json': { schema: schemaOf(route.success.schema) } },
      },
      default: { description: 'What went wrong.', content: problem },
    },
  }
}

/** The OpenAPI 3.1 document of the routes. */
export const openApiOf = (routes: readonly Route[]): unknown => {
  const paths: Record<string, Record<string, unknown>> = {}
  for (const route of routes) {
    const path = `/api/v1${route.path}`
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operationOf(route) }
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
    tags: [...new Set(routes.map(route => route.path.split('/')[1]))].map(name => ({ name })),
    paths,
    components: {
      schemas: { Problem: schemaOf(Problem) },
      securitySchemes: {
        apiKey: { type: 'apiKey', in: 'header', name: 'X-API-Key' },
        accessToken: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
      },
    },
  }
}
