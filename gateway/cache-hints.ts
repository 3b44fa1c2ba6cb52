import type { Schema } from '@apollo/federation-internals'
import {
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  isCompositeType,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql'
import type { OperationParts } from './supergraph.ts'

/** `@cacheControl(maxAge: Int, scope: CacheControlScope, inheritMaxAge: Boolean)` of a type or field. */
export interface CacheHint {
  /** Seconds. */
  readonly maxAge: number | undefined
  readonly isPrivate: boolean
  /** As long as what it is a part of. */
  readonly inherits: boolean
}

/** By `Type` and `Type.field`. */
export type CacheHints = ReadonlyMap<string, CacheHint>

const DIRECTIVE = 'cacheControl'

interface Element {
  appliedDirectivesOf(name: string): readonly { arguments(): Readonly<Record<string, unknown>> }[]
}

const hintOf = (element: Element): CacheHint | undefined => {
  const given = element.appliedDirectivesOf(DIRECTIVE)[0]?.arguments()
  if (!given) return undefined
  const maxAge = given['maxAge']
  return {
    maxAge: typeof maxAge === 'number' ? maxAge : undefined,
    isPrivate: given['scope'] === 'PRIVATE',
    inherits: given['inheritMaxAge'] === true,
  }
}

/** The hints that subgraphs have composed into a supergraph (`@composeDirective`). */
export const readCacheHints = (supergraph: Schema): CacheHints => {
  const hints = new Map<string, CacheHint>()
  if (!supergraph.directive(DIRECTIVE)) return hints
  const add = (name: string, element: Element): void => {
    const hint = hintOf(element)
    if (hint) hints.set(name, hint)
  }
  for (const type of supergraph.types()) {
    add(type.name, type)
    if (type.kind !== 'ObjectType' && type.kind !== 'InterfaceType') continue
    for (const field of type.fields()) add(`${type.name}.${field.name}`, field)
  }
  return hints
}

/**
 * Seconds for which anybody may be given the answer to an operation; 0 when it must not be kept. The shortest of its fields counts:
 * a field's own hint, else that of its type; without a hint nothing for root fields and objects, and for scalars what holds around them.
 */
export const publicMaxAge = (
  schema: GraphQLSchema,
  hints: CacheHints,
  { operation, document }: OperationParts,
): number => {
  if (operation.operation !== 'query' || hints.size === 0) return 0
  const root = schema.getQueryType()
  const types = new TypeInfo(schema)
  let least = Number.POSITIVE_INFINITY
  const ageOf = (coordinate: string, type: GraphQLOutputType, isRoot: boolean): number => {
    const named = getNamedType(type)
    const [own, returned] = [hints.get(coordinate), hints.get(named.name)]
    if (own?.isPrivate || returned?.isPrivate) return 0
    const inherits = own?.inherits || returned?.inherits || (!isRoot && !isCompositeType(named))
    return own?.maxAge ?? returned?.maxAge ?? (inherits ? Number.POSITIVE_INFINITY : 0)
  }
  const enter = (): undefined => {
    const [parent, field, type] = [types.getParentType(), types.getFieldDef(), types.getType()]
    if (!parent || !field || !type || field.name === '__typename') return
    least = field.name.startsWith('__')
      ? 0
      : Math.min(least, ageOf(`${parent.name}.${field.name}`, type, parent === root))
  }
  visit(document, visitWithTypeInfo(types, { Field: { enter } }))
  return Number.isFinite(least) ? least : 0
}
