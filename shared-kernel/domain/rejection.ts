/**
 * A business refusal: returned data, never thrown.
 * `code` is stable and dotted (`ORDER.ALREADY_SHIPPED`), `message` is a sentence for a person,
 * `field` is the path of the offending input, relative to the mutation's `input`.
 */
export interface Rejection {
  readonly code: `${string}.${string}`
  readonly message: string
  readonly field?: readonly string[]
}

/** Success with a value, or a refusal: what value objects' factories return for outside input. */
export type Result<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly rejection: Rejection }

export const ok = <Value>(value: Value): Result<Value> => ({ ok: true, value })
export const refused = (rejection: Rejection): Result<never> => ({ ok: false, rejection })
