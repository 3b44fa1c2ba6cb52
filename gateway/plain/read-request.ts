import type { GraphQLRequest } from '../engine.ts'

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const absent = (value: unknown): value is undefined | null => value === undefined || value === null

const check = (json: unknown): GraphQLRequest | undefined => {
  if (!isRecord(json)) return undefined
  const { query, operationName, variables, extensions } = json
  // What was sent before is asked for by its hash alone.
  if (typeof query !== 'string' && !(absent(query) && isRecord(extensions) && 'persistedQuery' in extensions))
    return undefined
  if (!absent(operationName) && typeof operationName !== 'string') return undefined
  if (!absent(variables) && !isRecord(variables)) return undefined
  if (!absent(extensions) && !isRecord(extensions)) return undefined
  return {
    query: query ?? '',
    ...(!absent(extensions) && { extensions }),
    ...(!absent(operationName) && { operationName }),
    ...(!absent(variables) && { variables }),
  }
}

/** A GraphQL request from a JSON body; undefined when it is none. */
export const readBody = (text: string): GraphQLRequest | undefined => check(parse(text))

/** A GraphQL request from the parameters of a URL; undefined when it is none. */
export const readParameters = (parameters: URLSearchParams): GraphQLRequest | undefined => {
  const json = (name: string): unknown => {
    const text = parameters.get(name)
    return text === null || text === '' ? undefined : (parse(text) ?? '')
  }
  return check({
    query: parameters.get('query') ?? undefined,
    operationName: parameters.get('operationName') || undefined,
    variables: json('variables'),
    extensions: json('extensions'),
  })
}
