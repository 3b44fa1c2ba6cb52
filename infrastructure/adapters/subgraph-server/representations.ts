import { type DocumentNode, GraphQLError, Kind, type OperationDefinitionNode, type SelectionSetNode } from 'graphql'

/** The most entities one request may ask for. */
export const MAX_REPRESENTATIONS = 500

const count = (
  selections: SelectionSetNode,
  document: DocumentNode,
  variables: Readonly<Record<string, unknown>>,
  seen: ReadonlySet<string>,
): number => {
  let total = 0
  for (const selection of selections.selections) {
    if (selection.kind === Kind.FIELD) {
      const list =
        selection.name.value === '_entities'
          ? selection.arguments?.find(a => a.name.value === 'representations')?.value
          : undefined
      const value = list?.kind === Kind.VARIABLE ? variables[list.name.value] : undefined
      total += list?.kind === Kind.LIST ? list.values.length : Array.isArray(value) ? value.length : 0
    } else if (selection.kind === Kind.INLINE_FRAGMENT) {
      total += count(selection.selectionSet, document, variables, seen)
    } else if (!seen.has(selection.name.value)) {
      const name = selection.name.value
      const fragment = document.definitions.find(d => d.kind === Kind.FRAGMENT_DEFINITION && d.name.value === name)
      if (fragment?.kind === Kind.FRAGMENT_DEFINITION)
        total += count(fragment.selectionSet, document, variables, new Set([...seen, name]))
    }
  }
  return total
}

/** The refusal of a request that asks for more than {@link MAX_REPRESENTATIONS} entities, all `_entities` fields together. */
export const tooManyRepresentations = (
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
): GraphQLError | undefined =>
  count(operation.selectionSet, document, variables, new Set()) > MAX_REPRESENTATIONS
    ? new GraphQLError(`At most ${MAX_REPRESENTATIONS} representations per request.`, {
        extensions: { code: 'BAD_USER_INPUT', http: { status: 400 } },
      })
    : undefined
