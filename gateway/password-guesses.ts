import type { FragmentDefinitionNode, GraphQLError, SelectionSetNode } from 'graphql'
import type { Prepared } from './documents.ts'
import { refusal } from './refusal.ts'

/** How many passwords one API key may have checked. */
export interface GuessLimits {
  /** At once. */
  readonly burst: number
  /** From then on, by the second; about what one processor can hash. */
  readonly perSecond: number
}

export const DEFAULT_GUESSES: GuessLimits = { burst: 1_000, perSecond: 30 }

/** Mutations that hash a password: those that are worth guessing with, and those that are merely dear. */
const HASHING: ReadonlySet<string> = new Set([
  'signIn',
  'registerUser',
  'completeRegistration',
  'resetPassword',
  'changePassword',
])

/** Keys that are counted at the same time; the edge knows few. */
const KEPT = 10_000

const countIn = (set: SelectionSetNode, fragments: ReadonlyMap<string, FragmentDefinitionNode>): number =>
  set.selections.reduce((sum, selection) => {
    if (selection.kind === 'Field') return sum + (HASHING.has(selection.name.value) ? 1 : 0)
    const inner = selection.kind === 'InlineFragment' ? selection : fragments.get(selection.name.value)
    return inner ? sum + countIn(inner.selectionSet, fragments) : sum
  }, 0)

const hashesIn = ({ operation, document }: Prepared): number => {
  if (operation.operation !== 'mutation') return 0
  const fragments = document.definitions.filter(each => each.kind === 'FragmentDefinition')
  return countIn(operation.selectionSet, new Map(fragments.map(each => [each.name.value, each])))
}

/** Says no to an operation, or nothing. */
export type Guard = (prepared: Prepared, consumer: string) => GraphQLError | undefined

/**
 * Bounds how many passwords an API key can have checked, each alias counting, so that trying one password on many accounts is slow,
 * and a key that tries leaves the hashing to the others. Accounts have a limit of their own. Each gateway counts for itself.
 */
export const createGuessGuard = ({ burst, perSecond }: GuessLimits, now: () => number): Guard => {
  const buckets = new Map<string, { left: number; at: number }>()
  return (prepared, consumer) => {
    const wanted = hashesIn(prepared)
    if (wanted === 0) return undefined
    const known = buckets.get(consumer) ?? { left: burst, at: now() }
    const left = Math.min(burst, known.left + ((now() - known.at) / 1_000) * perSecond)
    const allowed = left >= wanted
    buckets.delete(consumer)
    buckets.set(consumer, { left: allowed ? left - wanted : left, at: now() })
    const [oldest] = buckets.keys()
    if (buckets.size > KEPT && oldest !== undefined) buckets.delete(oldest)
    return allowed
      ? undefined
      : refusal('RATE_LIMITED', 'Too many passwords are tried with this API key. Try again in a moment.', {
          status: 429,
          spec: false,
        })
  }
}
