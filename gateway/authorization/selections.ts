import {
  type DirectiveNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  GraphQLIncludeDirective,
  type GraphQLObjectType,
  type GraphQLSchema,
  GraphQLSkipDirective,
  getDirectiveValues,
  isAbstractType,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  type SelectionSetNode,
} from 'graphql'
import { deferralOf } from '../execution/defers.ts'
import type { Requirement, Requirements } from './requirements.ts'

type Fragments = Readonly<Record<string, FragmentDefinitionNode>>
type Variables = Readonly<Record<string, unknown>>

/** The object types that an object of a static type may turn out to be. */
export const possibleTypes = (schema: GraphQLSchema, type: GraphQLCompositeType): readonly GraphQLObjectType[] =>
  isObjectType(type) ? [type] : schema.getPossibleTypes(type)

const included = (node: { readonly directives?: readonly DirectiveNode[] }, variables: Variables): boolean =>
  getDirectiveValues(GraphQLSkipDirective, node, variables)?.['if'] !== true &&
  getDirectiveValues(GraphQLIncludeDirective, node, variables)?.['if'] !== false

/**
 * The fields that apply to an object of a type, by response name and in order: CollectFields of the GraphQL specification, without
 * what is deferred.
 */
export const collectFields = (
  schema: GraphQLSchema,
  fragments: Fragments,
  variables: Variables,
  type: GraphQLObjectType,
  sets: readonly SelectionSetNode[],
): Map<string, FieldNode[]> => {
  const fields = new Map<string, FieldNode[]>()
  const visited = new Set<string>()
  const applies = (condition: string | undefined): boolean => {
    const wanted = condition === undefined ? type : schema.getType(condition)
    return wanted === type || (isAbstractType(wanted) && schema.isSubType(wanted, type))
  }
  const visit = (set: SelectionSetNode): void => {
    for (const selection of set.selections) {
      if (!included(selection, variables) || deferralOf(selection)) continue
      if (selection.kind === 'Field') {
        const name = selection.alias?.value ?? selection.name.value
        const known = fields.get(name)
        if (known) known.push(selection)
        else fields.set(name, [selection])
      } else if (selection.kind === 'InlineFragment') {
        if (applies(selection.typeCondition?.name.value)) visit(selection.selectionSet)
      } else if (!visited.has(selection.name.value)) {
        visited.add(selection.name.value)
        const fragment = fragments[selection.name.value]
        if (fragment && applies(fragment.typeCondition.name.value)) visit(fragment.selectionSet)
      }
    }
  }
  for (const set of sets) visit(set)
  return fields
}

/** Every requirement that an operation can run into, each once, in a stable order. */
export const requirementsOf = (
  schema: GraphQLSchema,
  requirements: Requirements,
  root: GraphQLObjectType,
  fragments: Fragments,
  selectionSet: SelectionSetNode,
): readonly Requirement[] => {
  const found = new Set<Requirement>()
  const visited = new Set<string>()
  const add = (all: readonly Requirement[]): void => {
    for (const requirement of all) found.add(requirement)
  }
  const visit = (set: SelectionSetNode, parent: GraphQLCompositeType): void => {
    for (const type of possibleTypes(schema, parent)) add(requirements.ofObject(type))
    for (const selection of set.selections) {
      if (selection.kind === 'Field') {
        const name = selection.name.value
        if (isInterfaceType(parent)) add(requirements.ofInterfaceField(parent.name, name))
        for (const type of possibleTypes(schema, parent)) add(requirements.ofField(type, name))
        const returned = selection.selectionSet && fieldType(parent, name)
        if (selection.selectionSet && returned) visit(selection.selectionSet, returned)
      } else if (selection.kind === 'InlineFragment') {
        const type = selection.typeCondition ? schema.getType(selection.typeCondition.name.value) : parent
        if (isCompositeType(type)) visit(selection.selectionSet, type)
      } else {
        const fragment = fragments[selection.name.value]
        const type = fragment && schema.getType(fragment.typeCondition.name.value)
        if (fragment && !visited.has(selection.name.value) && isCompositeType(type)) {
          visited.add(selection.name.value)
          visit(fragment.selectionSet, type)
        }
      }
    }
  }
  visit(selectionSet, root)
  return [...found]
}

/** The composite type that a field returns; undefined for leaves and for the introspection fields. */
export const fieldType = (parent: GraphQLCompositeType, name: string): GraphQLCompositeType | undefined => {
  if (!isObjectType(parent) && !isInterfaceType(parent)) return undefined
  const type = parent.getFields()[name]?.type
  let named = type
  while (named && 'ofType' in named) named = named.ofType
  return isCompositeType(named) ? named : undefined
}
