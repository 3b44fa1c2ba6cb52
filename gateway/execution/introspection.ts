import { executeSync, type FragmentDefinitionNode, type GraphQLSchema, Kind, OperationTypeNode, visit } from 'graphql'
import type { OperationParts } from '../supergraph.ts'
import type { SelectedField } from './selection.ts'

const variablesIn = (field: SelectedField, fragments: Readonly<Record<string, FragmentDefinitionNode>>) => {
  const used = new Set<string>()
  const look = { Variable: (node: { readonly name: { readonly value: string } }) => void used.add(node.name.value) }
  for (const node of [...field.nodes, ...Object.values(fragments)]) visit(node, look)
  return used
}

/** Answers introspection fields from the schema that clients see. */
export const introspectionOf =
  (
    schema: GraphQLSchema,
    { operation, fragments }: OperationParts,
    variables: Readonly<Record<string, unknown>>,
  ): ((field: SelectedField) => unknown) =>
  field => {
    const used = variablesIn(field, fragments)
    const { data } = executeSync({
      schema,
      document: {
        kind: Kind.DOCUMENT,
        definitions: [
          {
            kind: Kind.OPERATION_DEFINITION,
            operation: OperationTypeNode.QUERY,
            variableDefinitions: (operation.variableDefinitions ?? []).filter(({ variable }) =>
              used.has(variable.name.value),
            ),
            selectionSet: { kind: Kind.SELECTION_SET, selections: field.nodes },
          },
          ...Object.values(fragments),
        ],
      },
      rootValue: {},
      variableValues: variables,
    })
    return data?.[field.name] ?? null
  }
