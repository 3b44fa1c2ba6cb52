import {
  type FieldNode,
  GraphQLError,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  isCompositeType,
  isListType,
  isNonNullType,
  isObjectType,
  type SelectionSetNode,
} from 'graphql'
import type { OperationParts } from '../supergraph.ts'
import type { Decision, Denial } from './decision.ts'
import type { Requirements } from './requirements.ts'
import { collectFields } from './selections.ts'

type Path = readonly (string | number)[]
type Data = Readonly<Record<string, unknown>>

/** A null that its position does not allow: the nearest nullable ancestor becomes null instead. */
const REFUSED = Symbol('null where none may be')

const isData = (value: unknown): value is Data => typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * Shapes the data of a {@link cut} operation as the client asked: what was withheld is null with a coded error at its path, and a null that
 * its type does not allow takes its parent along, as the GraphQL specification says. What is denied never passes, even when it is there.
 */
export const complete = (options: {
  readonly schema: GraphQLSchema
  readonly requirements: Requirements
  readonly fragments: OperationParts['fragments']
  /** What is selected of an object of this type, at this path. */
  readonly type: GraphQLObjectType
  readonly set: SelectionSetNode
  readonly path: Path
  readonly variables: Readonly<Record<string, unknown>>
  readonly decision: Decision
  readonly data: Data | null
}): { readonly data: Record<string, unknown> | null; readonly errors: readonly GraphQLError[] } => {
  const { schema, requirements, fragments, variables, decision } = options
  const errors: GraphQLError[] = []

  const withhold = ({ code, message }: Denial, path: Path, nodes: readonly FieldNode[]): null => {
    errors.push(new GraphQLError(message, { nodes, path: [...path], extensions: { code } }))
    return null
  }

  const field = (type: GraphQLObjectType, nodes: readonly FieldNode[], given: unknown, path: Path): unknown => {
    const name = nodes[0]?.name.value ?? ''
    const definition = type.getFields()[name]
    if (!definition) return given
    const interfaces = type.getInterfaces().flatMap(({ name: owner }) => requirements.ofInterfaceField(owner, name))
    const denial = decision.denies(requirements.ofField(type, name)) ?? decision.denies(interfaces)
    if (denial) {
      withhold(denial, path, nodes)
      return isNonNullType(definition.type) ? REFUSED : null
    }
    return value(definition.type, nodes, given, path)
  }

  const value = (type: GraphQLOutputType, nodes: readonly FieldNode[], given: unknown, path: Path): unknown => {
    if (isNonNullType(type)) {
      const inner = value(type.ofType, nodes, given, path)
      return inner === null ? REFUSED : inner
    }
    if (given === null || given === undefined) return null
    if (isListType(type)) {
      if (!Array.isArray(given)) return null
      const items = given.map((item: unknown, index) => value(type.ofType, nodes, item, [...path, index]))
      return items.includes(REFUSED) ? null : items
    }
    if (!isCompositeType(type)) return given
    if (!isData(given)) return null
    const named = typeof given['__typename'] === 'string' ? schema.getType(given['__typename']) : type
    const actual = isObjectType(named) ? named : type
    if (!isObjectType(actual)) return null
    const denial = decision.denies(requirements.ofObject(actual))
    if (denial) return withhold(denial, path, nodes)
    const sets = nodes.flatMap(node => (node.selectionSet ? [node.selectionSet] : []))
    const inner = object(actual, sets, given, path)
    return inner === REFUSED ? null : inner
  }

  const object = (
    type: GraphQLObjectType,
    sets: readonly SelectionSetNode[],
    given: Data,
    path: Path,
  ): Record<string, unknown> | typeof REFUSED => {
    const output: Record<string, unknown> = Object.create(null)
    let refused = false
    for (const [name, nodes] of collectFields(schema, fragments, variables, type, sets)) {
      const inner = nodes[0]?.name.value === '__typename' ? type.name : field(type, nodes, given[name], [...path, name])
      if (inner === REFUSED) refused = true
      else output[name] = inner
    }
    return refused ? REFUSED : output
  }

  const data = object(options.type, [options.set], options.data ?? {}, options.path)
  return { data: data === REFUSED || options.data === null ? null : data, errors }
}
