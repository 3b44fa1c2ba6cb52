import { type FieldNode, GraphQLError, type GraphQLSchema, isInterfaceType, isObjectType, Kind, visit } from 'graphql'
import type { OperationParts } from '../supergraph.ts'

/**
 * Response names by which subgraphs are asked. A client may give a field the name of another one, which the plan needs for itself as
 * a key or for `@requires`: such a field travels under a name of its own, and gets the client's in the answer.
 */
export interface ResponseNames {
  /** The name by which a field travels. */
  of(field: FieldNode): string
  /** The operation as it is planned; undefined when it is planned as it stands. */
  rename(parts: OperationParts): OperationParts | undefined
  /** An error with the client's names in its path. */
  restore(error: GraphQLError): GraphQLError
}

const RENAMED = /^_(\d+)_/

/** The name that a client gave, of one that {@link ResponseNames.of} says. */
export const clientName = (element: string | number): string | number => {
  const length = typeof element === 'string' ? RENAMED.exec(element)?.[1] : undefined
  if (typeof element !== 'string' || length === undefined) return element
  const start = length.length + 2
  return element.slice(start, start + Number(length))
}

/** The names of all fields of a graph. */
export const fieldNamesOf = (schema: GraphQLSchema): ReadonlySet<string> => {
  const names = new Set(['__typename'])
  for (const type of Object.values(schema.getTypeMap()))
    if (isObjectType(type) || isInterfaceType(type)) for (const name of Object.keys(type.getFields())) names.add(name)
  return names
}

/** `fields` are the names of all fields of the graph. */
export const createResponseNames = (fields: ReadonlySet<string>): ResponseNames => {
  const takesAnother = ({ alias, name }: FieldNode): boolean =>
    alias !== undefined && alias.value !== name.value && fields.has(alias.value)
  const of = (field: FieldNode): string => {
    const { alias, name } = field
    if (!alias) return name.value
    return takesAnother(field) ? `_${alias.value.length}_${alias.value}_${name.value}` : alias.value
  }
  return {
    of,
    rename({ document }) {
      let renames = false
      const renamed = visit(document, {
        Field(field) {
          if (!takesAnother(field)) return undefined
          renames = true
          return { ...field, alias: { kind: Kind.NAME, value: of(field) } }
        },
      })
      if (!renames) return undefined
      const [operation] = renamed.definitions.filter(definition => definition.kind === Kind.OPERATION_DEFINITION)
      const fragments = renamed.definitions.filter(definition => definition.kind === Kind.FRAGMENT_DEFINITION)
      return (
        operation && {
          document: renamed,
          operation,
          fragments: Object.fromEntries(fragments.map(one => [one.name.value, one])),
        }
      )
    },
    restore(error) {
      const { message, path, originalError, extensions } = error
      if (!path?.some(element => clientName(element) !== element)) return error
      return new GraphQLError(message, { path: path.map(clientName), originalError: originalError ?? null, extensions })
    },
  }
}
