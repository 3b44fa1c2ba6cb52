import {
  type DocumentNode,
  type FieldNode,
  type GraphQLCompositeType,
  type GraphQLObjectType,
  type GraphQLSchema,
  isAbstractType,
  isCompositeType,
  isInterfaceType,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
  visit,
} from 'graphql'
import { deferralOf } from '../execution/defers.ts'
import type { OperationParts } from '../supergraph.ts'
import type { Decision } from './decision.ts'
import type { Requirements } from './requirements.ts'
import { fieldType, possibleTypes } from './selections.ts'

const TYPENAME: FieldNode = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } }

const onType = (type: GraphQLObjectType, selections: readonly SelectionNode[]): SelectionNode => ({
  kind: Kind.INLINE_FRAGMENT,
  typeCondition: { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: type.name } },
  selectionSet: { kind: Kind.SELECTION_SET, selections },
})

/**
 * The operation without what is denied. Fragments are written out; a field on an abstract type that only some of its types may show is
 * asked of those types only; `__typename` is added wherever the type of an object must be known to say what was withheld.
 */
export const cut = (
  schema: GraphQLSchema,
  requirements: Requirements,
  parts: OperationParts,
  root: GraphQLObjectType,
  decision: Decision,
): OperationParts => {
  const { fragments } = parts

  /** The types among `types` that may show this field. */
  const allowed = (types: readonly GraphQLObjectType[], name: string): readonly GraphQLObjectType[] =>
    types.filter(
      type => !decision.denies(name === '__typename' ? requirements.ofObject(type) : requirements.ofField(type, name)),
    )

  const field = (node: FieldNode, parent: GraphQLCompositeType): readonly SelectionNode[] => {
    const name = node.name.value
    const types = possibleTypes(schema, parent)
    if (isInterfaceType(parent) && decision.denies(requirements.ofInterfaceField(parent.name, name))) return []
    const may = name === '__typename' ? types : allowed(types, name)
    if (may.length === 0) return []
    const returned = fieldType(parent, name)
    const kept: FieldNode =
      node.selectionSet && returned ? { ...node, selectionSet: set(node.selectionSet, returned) } : node
    if (may.length === types.length) return [kept]
    return may.map(type => {
      const narrower = fieldType(type, name)
      return onType(type, [
        node.selectionSet && narrower ? { ...node, selectionSet: set(node.selectionSet, narrower) } : node,
      ])
    })
  }

  const spread = (
    selection: Exclude<SelectionNode, FieldNode>,
    parent: GraphQLCompositeType,
  ): readonly SelectionNode[] => {
    const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments[selection.name.value]
    const type = fragment?.typeCondition ? schema.getType(fragment.typeCondition.name.value) : parent
    if (!fragment || !isCompositeType(type)) return []
    const inner = selections(fragment.selectionSet, type)
    const deferred = deferralOf(selection) !== undefined
    if (inner.length === 0 && !deferred) return []
    return [
      {
        kind: Kind.INLINE_FRAGMENT,
        ...(fragment.typeCondition && { typeCondition: fragment.typeCondition }),
        ...(selection.directives && { directives: selection.directives }),
        // What is deferred is answered even if nothing of it may be shown.
        selectionSet: { kind: Kind.SELECTION_SET, selections: deferred ? [TYPENAME, ...inner] : inner },
      },
    ]
  }

  const selections = ({ selections: all }: SelectionSetNode, parent: GraphQLCompositeType): readonly SelectionNode[] =>
    all.flatMap(selection => (selection.kind === Kind.FIELD ? field(selection, parent) : spread(selection, parent)))

  const set = (original: SelectionSetNode, parent: GraphQLCompositeType): SelectionSetNode => {
    const kept = selections(original, parent)
    const named = kept.length === 0 || isAbstractType(parent) ? [TYPENAME, ...kept] : kept
    return { kind: Kind.SELECTION_SET, selections: named }
  }

  const operation = withUsedVariables({ ...parts.operation, selectionSet: set(parts.operation.selectionSet, root) })
  const document: DocumentNode = { kind: Kind.DOCUMENT, definitions: [operation] }
  return { document, operation, fragments: {} }
}

const withUsedVariables = (operation: OperationDefinitionNode): OperationDefinitionNode => {
  const used = new Set<string>()
  visit(operation, { VariableDefinition: () => false, Variable: node => void used.add(node.name.value) })
  return {
    ...operation,
    variableDefinitions: (operation.variableDefinitions ?? []).filter(({ variable }) => used.has(variable.name.value)),
  }
}
