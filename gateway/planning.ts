import type { GraphQLError } from 'graphql'
import { cut } from './authorization/cut.ts'
import type { Decision } from './authorization/decision.ts'
import type { Planned, Prepared } from './documents.ts'
import type { Deferring } from './execution/defers.ts'
import type { OperationParts } from './supergraph.ts'
import type { Undeferred } from './undeferred.ts'

type Variables = Readonly<Record<string, unknown>>

export interface PlannedInParts extends Planned {
  readonly deferring: Deferring
}

/** An operation with more conditions than this is planned once for all their values. */
const MOST_CONDITIONS = 6
const KEPT_PLANS = 64

const keptPlan = (prepared: Prepared, key: string, make: () => Planned): Planned => {
  const known = prepared.plans.get(key)
  if (known) return known
  const planned = make()
  const [oldest] = prepared.plans.keys()
  if (prepared.plans.size >= KEPT_PLANS && oldest !== undefined) prepared.plans.delete(oldest)
  prepared.plans.set(key, planned)
  return planned
}

const chosenKey = (labels: ReadonlySet<string>): string => (labels.size > 0 ? `|${[...labels].join()}` : '')

const cutFor = ({ supergraph, root }: Prepared, parts: OperationParts, decision: Decision): OperationParts =>
  decision.restricts ? cut(supergraph.schema, supergraph.requirements, parts, root, decision) : parts

export const planFor = (
  prepared: Prepared,
  variables: Variables,
  decision: Decision,
  labels: ReadonlySet<string>,
): Planned => {
  const { names, key: keyOf, switches } = prepared.conditions
  const conditions = names.length > 0 && names.length <= MOST_CONDITIONS ? keyOf(variables) : ''
  const settled = typeof conditions === 'string' && conditions !== ''
  return keptPlan(prepared, `${decision.key}|${settled ? conditions : ''}${chosenKey(labels)}`, () => {
    const parts = cutFor(prepared, prepared, decision)
    const { supergraph } = prepared
    return { parts, plan: supergraph.plan(parts, { switches: settled ? switches(conditions) : undefined, labels }) }
  })
}

/**
 * The plan when something is to be answered later; undefined when nothing is. Made for the values of all conditions. Where the planner
 * knows no way to put something off, nothing is, and `undeferred` hears of it.
 */
export const planInParts = (
  prepared: Prepared,
  variables: Variables,
  decision: Decision,
  labels: ReadonlySet<string>,
  undeferred: Undeferred,
): PlannedInParts | undefined | GraphQLError => {
  const { conditions, defers, supergraph } = prepared
  const key = defers?.key(variables)
  if (!defers || key === undefined) return undefined
  if (typeof key !== 'string') return key
  const decided = conditions.key(variables)
  if (typeof decided !== 'string') return decided
  const plan = (): Planned => {
    const deferring = defers.activate(key, conditions.switches(decided))
    const parts = cutFor(prepared, deferring.parts, decision)
    try {
      return { parts, plan: supergraph.plan(parts, { switches: {}, labels }), deferring }
    } catch (error) {
      const obstacle = undeferred.planned(prepared, error)
      return { ...planFor(prepared, variables, decision, labels), obstacle }
    }
  }
  const planKey = `${decision.key}|${decided}${chosenKey(labels)}|@defer ${key}`
  const { deferring, obstacle, ...planned } = keptPlan(prepared, planKey, plan)
  if (obstacle) undeferred.answered(prepared, obstacle)
  return deferring && { ...planned, deferring }
}
