import { decodeConsistency } from '@mercato/shared-kernel/application'
import { type GraphQLObjectType, getNamedType, isObjectType, type SelectionSetNode } from 'graphql'
import { collectFields } from '../authorization/selections.ts'
import type { Bound } from '../engine.ts'
import type { ConsistencyTokens } from './consistency-tokens.ts'

const FIELD = 'consistencyToken'

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Where the fields of a payload come from. */
export interface Selected {
  readonly type: GraphQLObjectType
  readonly sets: readonly SelectionSetNode[]
}

/** A payload, or a part of one, with its token signed. */
export const signPayload = (
  { prepared, coerced }: Bound,
  { type, sets }: Selected,
  payload: Readonly<Record<string, unknown>>,
  tokens: ConsistencyTokens,
): Record<string, unknown> => {
  const { supergraph, fragments } = prepared
  const replaced = { ...payload }
  if (!type.getFields()[FIELD]) return replaced
  for (const [alias, [node]] of collectFields(supergraph.schema, fragments, coerced, type, sets)) {
    const given = payload[alias]
    const consistency = node?.name.value === FIELD && typeof given === 'string' ? decodeConsistency(given) : undefined
    if (consistency) replaced[alias] = tokens.sign(consistency)
  }
  return replaced
}

/**
 * Mutation payloads say in `consistencyToken` what was written. The subgraph's text becomes a token that gateways honour,
 * so that a client may send it back in `x-consistency-token`.
 */
export const signPayloads = (
  bound: Bound,
  data: Record<string, unknown>,
  tokens: ConsistencyTokens,
): Record<string, unknown> => {
  const { supergraph, fragments, root, operation } = bound.prepared
  const signed: Record<string, unknown> = { ...data }
  for (const [name, nodes] of collectFields(supergraph.schema, fragments, bound.coerced, root, [
    operation.selectionSet,
  ])) {
    const payload = data[name]
    const type = getNamedType(root.getFields()[nodes[0]?.name.value ?? '']?.type)
    if (!isRecord(payload) || !isObjectType(type)) continue
    const sets = nodes.flatMap(node => (node.selectionSet ? [node.selectionSet] : []))
    signed[name] = signPayload(bound, { type, sets }, payload, tokens)
  }
  return signed
}
