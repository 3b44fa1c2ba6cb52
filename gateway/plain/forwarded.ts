import { type IncomingHttpHeaders, validateHeaderValue } from 'node:http'

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const fits = (name: string, value: string): boolean => {
  try {
    validateHeaderValue(name, value)
    return true
  } catch {
    return false
  }
}

/** Only the headers on the list, by their names in lower case, so that nothing else of a client can change an answer. */
export const forwarded = (
  headers: IncomingHttpHeaders,
  names: readonly string[],
): Readonly<Record<string, string>> | undefined => {
  if (names.length === 0) return undefined
  return Object.fromEntries(
    names.flatMap(name => (typeof headers[name] === 'string' ? [[name, headers[name]] as const] : [])),
  )
}

/** The same from what `connection_init` carries, at its top or under `headers`, in whatever case: a browser sends no headers with a WebSocket. */
export const forwardedParams = (
  params: Readonly<Record<string, unknown>>,
  names: readonly string[],
): Readonly<Record<string, string>> => {
  const { headers } = params
  const given = [params, isRecord(headers) ? headers : {}].flatMap(all => Object.entries(all))
  return Object.fromEntries(
    given.flatMap(([key, value]) => {
      const name = key.toLowerCase()
      return typeof value === 'string' && names.includes(name) && fits(name, value) ? [[name, value]] : []
    }),
  )
}
