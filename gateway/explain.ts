import { prettyFormatQueryPlan, type QueryPlan } from '@apollo/query-planner'
import { type GraphQLError, isAbstractType, isObjectType, TypeInfo, visit, visitWithTypeInfo } from 'graphql'
import type { Decision } from './authorization/decision.ts'
import type { Caller } from './caller.ts'
import type { Prepared } from './documents.ts'
import type { GraphQLRequest } from './engine.ts'
import { refusal } from './refusal.ts'

/** What a field asks of the caller, and what became of it. */
interface FieldDecision {
  /** `Type.field` */
  readonly field: string
  readonly decision: 'open' | 'allowed' | 'UNAUTHENTICATED' | 'FORBIDDEN'
}

export interface Explanation {
  /** Whom it was decided for. */
  readonly viewer: { readonly roles: readonly string[]; readonly scopes: readonly string[] } | null
  readonly fields: readonly FieldDecision[]
  /** As the planner prints it: what would be fetched, in which order. */
  readonly plan: string
}

const SCOPE = 'operations:admin'

/**
 * A request with `extensions: { explain: true }` is planned and authorised, but not executed. Whoever asks for it in another way is
 * refused, since what they do not want is that it is executed.
 */
export const wantsExplanation = ({ extensions }: GraphQLRequest): boolean | GraphQLError => {
  const given = extensions?.['explain'] ?? false
  return typeof given === 'boolean' ? given : refusal('BAD_REQUEST', 'extensions.explain is true or false.')
}

/** Plans tell how the inside looks: for those with the scope. */
export const mayExplain = ({ viewer }: Caller) => {
  if (viewer.user?.scopes.includes(SCOPE)) return undefined
  const [code, status] = viewer.user ? (['FORBIDDEN', 403] as const) : (['UNAUTHENTICATED', 401] as const)
  return refusal(code, `Explanations are for those with the scope ${SCOPE}.`, { status })
}

/** Every field of the operation with its decision, each coordinate once. */
const decisionsIn = ({ supergraph, document }: Prepared, decision: Decision): readonly FieldDecision[] => {
  const { schema, requirements } = supergraph
  const found = new Map<string, FieldDecision>()
  const types = new TypeInfo(schema)
  const enter = (): undefined => {
    const parent = types.getParentType()
    const name = types.getFieldDef()?.name
    if (!parent || name === undefined || name.startsWith('__')) return
    for (const type of isAbstractType(parent) ? schema.getPossibleTypes(parent) : [parent]) {
      if (!isObjectType(type)) continue
      const asked = requirements.ofField(type, name)
      const field = `${type.name}.${name}`
      const verdict = asked.length === 0 ? 'open' : (decision.denies(asked)?.code ?? 'allowed')
      found.set(field, { field, decision: verdict })
    }
  }
  visit(document, visitWithTypeInfo(types, { Field: { enter } }))
  return [...found.values()]
}

export const explain = (prepared: Prepared, decision: Decision, plan: QueryPlan, { viewer }: Caller): Explanation => ({
  viewer: viewer.user ? { roles: viewer.user.roles, scopes: viewer.user.scopes } : null,
  fields: decisionsIn(prepared, decision),
  plan: prettyFormatQueryPlan(plan),
})
