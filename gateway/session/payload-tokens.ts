import { decodeConsistency } from '@mercato/shared-kernel/application'
import { getNamedType, isObjectType } from 'graphql'
import { collectFields } from '../authorization/selections.ts'
import type { Bound } from '../engine.ts'
import type { ConsistencyTokens } from './consistency-tokens.ts'

const FIELD = 'consistencyToken'

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * Mutation payloads say in `consistencyToken` what was written. The subgraph's text becomes a token that gateways honour,
 * so that a client may send it back in `x-consistency-token`.
 */
export const signPayloads = (
  { prepared, coerced }: Bound,
  data: Record<string, unknown>,
  tokens: ConsistencyTokens,
): Record<string, unknown> => {
  const { supergraph, fragments, root, operation } = prepared
  const { schema } = supergraph
  const signed: Record<string, unknown> = { ...data }
  for (const [name, nodes] of collectFields(schema, fragments, coerced, root, [operation.selectionSet])) {
    const payload = data[name]
    const type = getNamedType(root.getFields()[nodes[0]?.name.value ?? '']?.type)
    if (!isRecord(payload) || !isObjectType(type) || !type.getFields()[FIELD]) continue
    const sets = nodes.flatMap(node => (node.selectionSet ? [node.selectionSet] : []))
    const replaced = { ...payload }
    for (const [alias, [node]] of collectFields(schema, fragments, coerced, type, sets)) {
      const given = payload[alias]
      const consistency = node?.name.value === FIELD && typeof given === 'string' ? decodeConsistency(given) : undefined
      if (consistency) replaced[alias] = tokens.sign(consistency)
    }
    signed[name] = replaced
  }
  return signed
}
