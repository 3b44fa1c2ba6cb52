import type { z } from 'zod'

/** What a handler gets from the outside, checked against the route's schemas. */
export interface RestInput {
  readonly params: Readonly<Record<string, string>>
  readonly query: Readonly<Record<string, unknown>>
  readonly body: Readonly<Record<string, unknown>>
  /** Those that the route asks for, by their names in small letters. */
  readonly headers: Readonly<Record<string, string | undefined>>
}

export interface RestAnswer {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: unknown
  /** A page to read instead of a body. */
  readonly document?: string
}

/** A business refusal inside a payload, as the schema's `UserError`. */
export interface UserError {
  readonly code: string
  readonly message: string
  readonly field?: readonly string[] | null
}

/** One route: a stored operation of schema/operations/rest, how its variables come from the request, how its answer goes back. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** OpenAPI template below /api/v1: `/users/{id}`. */
  readonly path: string
  readonly summary: string
  /** File name in schema/operations/rest, without ending. */
  readonly operation: string
  readonly query?: z.ZodObject
  /** Request headers that it needs, by their names in small letters. */
  readonly headers?: z.ZodObject
  readonly body?: z.ZodObject
  /** Whether a signed-in user is needed (documentation; the graph decides). */
  readonly signedIn?: boolean
  /** Seconds for which an answer may be kept by anybody; only for what is public. */
  readonly maxAge?: number
  readonly success: {
    readonly status: number
    readonly description: string
    /** What is answered with; nothing when absent. */
    readonly schema?: z.ZodType
    /** `application/json` when absent. */
    readonly mediaType?: 'text/html'
    /** Comes with this header: where the new thing is, or where the next page is. */
    readonly header?: 'Location' | 'Link'
  }
  variables(input: RestInput): Readonly<Record<string, unknown>>
  /** The answer; `undefined` means that there is no such thing (404). A payload's userErrors are handled before. */
  // biome-ignore lint/suspicious/noExplicitAny: the shape is that of the route's own stored operation
  answer(data: any, input: RestInput, self: URL): RestAnswer | undefined
}
