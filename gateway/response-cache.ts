import { publicMaxAge } from './cache-hints.ts'
import type { Prepared } from './documents.ts'
import type { Result } from './supergraph.ts'

/** Answers that anybody may be given, for as long as `@cacheControl` says. Whoever has written something lately gets a fresh one. */
export interface ResponseCache {
  /** Seconds for which the answer to this operation may be kept; 0 when it must not. */
  maxAge(prepared: Prepared): number
  read(prepared: Prepared, variables: unknown): { readonly result: Result; readonly seconds: number } | undefined
  keep(prepared: Prepared, variables: unknown, result: Result): void
}

const KEPT = 1_000

export const createResponseCache = (now: () => number): ResponseCache => {
  const ages = new WeakMap<Prepared, number>()
  const kept = new Map<string, { readonly result: Result; readonly until: number }>()
  const ids = new WeakMap<Prepared, number>()
  let next = 0

  const keyOf = (prepared: Prepared, variables: unknown): string => {
    const id = ids.get(prepared) ?? next++
    ids.set(prepared, id)
    return `${id} ${JSON.stringify(variables)}`
  }

  const maxAge = (prepared: Prepared): number => {
    const known = ages.get(prepared)
    if (known !== undefined) return known
    const { supergraph, requirements } = prepared
    const age = requirements.length > 0 ? 0 : publicMaxAge(supergraph.schema, supergraph.cacheHints, prepared)
    ages.set(prepared, age)
    return age
  }

  return {
    maxAge,
    read(prepared, variables) {
      const key = keyOf(prepared, variables)
      const found = kept.get(key)
      if (!found) return undefined
      const left = found.until - now()
      if (left > 0) return { result: found.result, seconds: Math.ceil(left / 1_000) }
      kept.delete(key)
      return undefined
    },
    keep(prepared, variables, result) {
      const age = maxAge(prepared)
      if (age <= 0 || result.errors || !result.data) return
      kept.set(keyOf(prepared, variables), { result, until: now() + age * 1_000 })
      const [oldest] = kept.keys()
      if (kept.size > KEPT && oldest !== undefined) kept.delete(oldest)
    },
  }
}
