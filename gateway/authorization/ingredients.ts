import { baseType, isCompositeType, type Schema } from '@apollo/federation-internals'
import { Kind, type OperationDefinitionNode, parse, type SelectionSetNode } from 'graphql'

/** What a field is made of besides itself, as `Type.field` and `Type`: what its `@requires` names in other subgraphs, and what that is made of. */
export type Ingredients = (type: string, field: string) => ReadonlySet<string>

const selectionsOf = (fieldSet: string): SelectionSetNode =>
  (parse(`{${fieldSet}}`, { noLocation: true }).definitions[0] as OperationDefinitionNode).selectionSet

export const readIngredients = (supergraph: Schema): Ingredients => {
  const fieldOf = (typeName: string, name: string) => {
    const type = supergraph.type(typeName)
    return type && isCompositeType(type) && type.kind !== 'UnionType' ? type.field(name) : undefined
  }

  const walk = ({ selections }: SelectionSetNode, parent: string, found: Set<string>): void => {
    for (const selection of selections) {
      if (selection.kind === Kind.INLINE_FRAGMENT)
        walk(selection.selectionSet, selection.typeCondition?.name.value ?? parent, found)
      if (selection.kind !== Kind.FIELD) continue
      const name = selection.name.value
      const type = fieldOf(parent, name)?.type
      found.add(`${parent}.${name}`)
      if (!type) continue
      const returned = baseType(type).name
      found.add(returned)
      if (selection.selectionSet) walk(selection.selectionSet, returned, found)
    }
  }
  /** What a field names itself. */
  const named = (coordinate: string): ReadonlySet<string> => {
    const found = new Set<string>()
    const [type = '', name = ''] = coordinate.split('.')
    for (const directive of fieldOf(type, name)?.appliedDirectivesOf('join__field') ?? []) {
      const requires: unknown = directive.arguments()['requires']
      if (typeof requires === 'string') walk(selectionsOf(requires), type, found)
    }
    return found
  }

  const known = new Map<string, ReadonlySet<string>>()
  return (type, field) => {
    const coordinate = `${type}.${field}`
    const before = known.get(coordinate)
    if (before) return before
    const all = new Set(named(coordinate))
    // A set gives what is added while it is walked, and each once: fields may be made of each other in a circle.
    for (const each of all) for (const further of named(each)) all.add(further)
    known.set(coordinate, all)
    return all
  }
}
