import type { FetchNode } from '@apollo/query-planner'
import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  parse,
  print,
  stripIgnoredCharacters,
  type VariableDefinitionNode,
  visit,
} from 'graphql'

/** The entity fetch of a plan taken apart. */
export interface EntityQuery {
  readonly node: FetchNode
  readonly operation: OperationDefinitionNode
  readonly fragments: readonly FragmentDefinitionNode[]
  readonly field: FieldNode
  /** What it declares besides `representations` and what is of one query alone, as text by name. */
  readonly variables: ReadonlyMap<string, string>
  /** Variables that differ from one query to the other, like `representations`. */
  readonly own: ReadonlyMap<string, VariableDefinitionNode>
  /** Queries with equal signatures ask the same of their entities. */
  readonly signature: string
  /** Only leaves are selected of an entity itself. */
  readonly flat: boolean
}

const REPRESENTATIONS = 'representations'

const isFlat = (field: FieldNode, fragments: readonly FragmentDefinitionNode[]): boolean => {
  const flat = (selections: readonly FieldNode['selectionSet'][]): boolean =>
    selections.every(set =>
      (set?.selections ?? []).every(selection => {
        if (selection.kind === 'Field') return !selection.selectionSet
        if (selection.kind === 'InlineFragment') return flat([selection.selectionSet])
        const fragment = fragments.find(({ name }) => name.value === selection.name.value)
        return fragment !== undefined && flat([fragment.selectionSet])
      }),
    )
  return flat([field.selectionSet])
}

/** Undefined when the query is not of the form that can be merged with others. */
export const readEntityQuery = (node: FetchNode): EntityQuery | undefined => {
  const document: DocumentNode = parse(node.operation, { noLocation: true })
  const operation = document.definitions.find(definition => definition.kind === 'OperationDefinition')
  const fragments = document.definitions.filter(definition => definition.kind === 'FragmentDefinition')
  const [field, ...others] = operation?.selectionSet.selections ?? []
  if (!operation || !field || field.kind !== 'Field' || field.alias || others.length > 0) return undefined
  if (field.name.value !== '_entities' || (operation.directives ?? []).length > 0) return undefined
  const contextual = new Set(node.contextRewrites?.map(({ renameKeyTo }) => renameKeyTo))
  const declared = (operation.variableDefinitions ?? [])
    .filter(({ variable }) => variable.name.value !== REPRESENTATIONS)
    .map(definition => [definition.variable.name.value, definition] as const)
  const own = new Map(declared.filter(([name]) => contextual.has(name)))
  const variables = new Map(
    declared.flatMap(([name, definition]) => (contextual.has(name) ? [] : [[name, print(definition)] as const])),
  )
  const { inputRewrites = [], outputRewrites = [] } = node
  const rewrites = JSON.stringify([inputRewrites, outputRewrites])
  const definitions = [...variables.values(), ...[...own.values()].map(print)].sort()
  const signature = [print(field), ...fragments.map(print), ...definitions, rewrites].join('\n')
  return { node, operation, fragments, field, variables, own, signature, flat: isFlat(field, fragments) }
}

/** Whether two queries can be in one request: what both declare, they declare alike. */
export const canShare = (one: EntityQuery, other: EntityQuery): boolean =>
  [...other.variables].every(([name, definition]) => (one.variables.get(name) ?? definition) === definition)

export const aliasOf = (index: number): string => `e${index}`
export const variableOf = (index: number, name = REPRESENTATIONS): string => `${name}_${index}`

/** The text of one request that asks several queries at once: `e0: _entities(representations: $representations_0) { … }` and so on. */
export const mergeQueries = (queries: readonly EntityQuery[]): string => {
  const fragments: FragmentDefinitionNode[] = []
  const fields: FieldNode[] = []
  const declared = new Map<string, string>()
  queries.forEach((query, index) => {
    const renamed = <Node extends FieldNode | FragmentDefinitionNode | VariableDefinitionNode>(node: Node): Node =>
      visit(node, {
        Variable: variable =>
          variable.name.value === REPRESENTATIONS || query.own.has(variable.name.value)
            ? { ...variable, name: { kind: Kind.NAME, value: variableOf(index, variable.name.value) } }
            : undefined,
        FragmentSpread: spread => ({ ...spread, name: { kind: Kind.NAME, value: `${spread.name.value}_${index}` } }),
      })
    fields.push({ ...renamed(query.field), alias: { kind: Kind.NAME, value: aliasOf(index) } })
    for (const fragment of query.fragments)
      fragments.push({
        ...renamed(fragment),
        name: { kind: Kind.NAME, value: `${fragment.name.value}_${index}` },
      })
    declared.set(variableOf(index), `$${variableOf(index)}:[_Any!]!`)
    for (const [name, definition] of query.variables) declared.set(name, definition)
    for (const [name, definition] of query.own) declared.set(variableOf(index, name), print(renamed(definition)))
  })
  const name = queries[0]?.node.operationName ?? ''
  const selections = fields.map(print).join(' ')
  return stripIgnoredCharacters(
    `query ${name}(${[...declared.values()].join(',')}){${selections}} ${fragments.map(print).join(' ')}`,
  )
}
