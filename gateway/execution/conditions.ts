import type { PlanNode } from '@apollo/query-planner'
import {
  type DirectiveNode,
  type FieldNode,
  GraphQLError,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
  visit,
} from 'graphql'
import type { OperationParts } from '../supergraph.ts'

/** The values of the variables that `@skip` and `@include` ask for. */
export type Switches = Readonly<Record<string, boolean>>

/** What `@skip` and `@include` of one operation depend on. */
export interface Conditions {
  readonly names: readonly string[]
  /** One character for each name: equal keys are equal switches. */
  key(variables: Readonly<Record<string, unknown>>): string | GraphQLError
  switches(key: string): Switches
}

const namesIn = ({ operation, fragments }: OperationParts): Set<string> => {
  const names = new Set<string>()
  const look = {
    Directive({ name, arguments: given = [] }: DirectiveNode) {
      if (name.value !== 'skip' && name.value !== 'include') return
      for (const { value } of given) if (value.kind === 'Variable') names.add(value.name.value)
    },
  }
  visit(operation, look)
  for (const fragment of Object.values(fragments)) visit(fragment, look)
  return names
}

const namesOf = (node: PlanNode | undefined, names: Set<string>): void => {
  if (!node) return
  if (node.kind === 'Sequence' || node.kind === 'Parallel') for (const inner of node.nodes) namesOf(inner, names)
  else if (node.kind === 'Flatten') namesOf(node.node, names)
  else if (node.kind === 'Condition') {
    names.add(node.condition)
    namesOf(node.ifClause, names)
    namesOf(node.elseClause, names)
  }
}

export const readConditions = (parts: OperationParts, node: PlanNode | undefined): Conditions => {
  const found = namesIn(parts)
  namesOf(node, found)
  const names = [...found]
  const defaults: Record<string, unknown> = Object.create(null)
  for (const { variable, defaultValue } of parts.operation.variableDefinitions ?? [])
    if (defaultValue?.kind === 'BooleanValue') defaults[variable.name.value] = defaultValue.value
  return {
    names,
    key(variables) {
      let key = ''
      for (const name of names) {
        const given: unknown = Object.hasOwn(variables, name) ? variables[name] : undefined
        const value = given === undefined ? defaults[name] : given
        if (typeof value !== 'boolean')
          return new GraphQLError(`Variable "$${name}" decides what is fetched: it must be true or false.`, {
            extensions: { code: 'BAD_USER_INPUT' },
          })
        key += value ? '1' : '0'
      }
      return key
    },
    switches: key => Object.fromEntries(names.map((name, index) => [name, key[index] === '1'])),
  }
}

/** Whether `@skip` and `@include` leave a selection in. */
export const isIncluded = ({ directives = [] }: SelectionNode, switches: Switches): boolean =>
  directives.every(({ name, arguments: given = [] }) => {
    if (name.value !== 'skip' && name.value !== 'include') return true
    const value = given.find(argument => argument.name.value === 'if')?.value
    const on =
      value?.kind === 'BooleanValue' ? value.value : value?.kind === 'Variable' && switches[value.name.value] === true
    return on === (name.value === 'include')
  })

const TYPENAME: FieldNode = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } }

const settledSet = ({ selections, ...rest }: SelectionSetNode, switches: Switches): SelectionSetNode => {
  const kept = selections.flatMap(selection => {
    if (!isIncluded(selection, switches)) return []
    const { directives = [], ...plain } = selection
    const others = directives.filter(({ name }) => name.value !== 'skip' && name.value !== 'include')
    const node: SelectionNode = { ...plain, directives: others }
    return node.kind === 'FragmentSpread' || !node.selectionSet
      ? [node]
      : [{ ...node, selectionSet: settledSet(node.selectionSet, switches) }]
  })
  return { ...rest, selections: kept.length > 0 ? kept : [TYPENAME] }
}

/** The same operation where `@skip` and `@include` have been decided. */
export const settle = ({ operation, fragments }: OperationParts, switches: Switches): OperationParts => {
  const settled = { ...operation, selectionSet: settledSet(operation.selectionSet, switches) }
  const kept = Object.values(fragments).map(one => ({ ...one, selectionSet: settledSet(one.selectionSet, switches) }))
  return {
    document: { kind: Kind.DOCUMENT, definitions: [settled, ...kept] },
    operation: settled,
    fragments: Object.fromEntries(kept.map(one => [one.name.value, one])),
  }
}
