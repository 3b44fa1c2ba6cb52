import { GraphQLError } from 'graphql'
import { type Data, isData, readOwn, write } from './data.ts'
import type { Leaf, Position, SelectedField, Shape } from './selection.ts'

/** A null where none may be: the nearest nullable position above becomes null. */
const INVALID = Symbol('null where none may be')

interface Flaw {
  readonly message: string
  /** From the flaw outwards. */
  readonly path: (string | number)[]
}

export interface Completed {
  readonly data: Data | null
  /** Where the answer did not keep to the schema. */
  readonly flaws: readonly GraphQLError[]
}

/** What the answer says of the schema. */
export interface Schema {
  /** Answers `__schema` and `__type`. */
  introspect(field: SelectedField): unknown
  isObjectType(name: string): boolean
}

interface Run {
  readonly flaws: Flaw[]
  readonly schema: Schema
}

const isLeaf = (leaf: Leaf, value: unknown): boolean => {
  switch (leaf) {
    case 'string':
      return typeof value === 'string'
    case 'id':
      return typeof value === 'string' || Number.isInteger(value)
    case 'int':
      return Number.isInteger(value)
    case 'float':
      return typeof value === 'number'
    case 'boolean':
      return typeof value === 'boolean'
    case 'any':
      return true
    default:
      return typeof value === 'string' && leaf.has(value)
  }
}

const flawed = (run: Run, message: string): void => {
  run.flaws.push({ message, path: [] })
}

const locate = (run: Run, since: number, element: string | number): void => {
  for (let i = since; i < run.flaws.length; i++) run.flaws[i]?.path.push(element)
}

const completeItems = (position: Position, given: readonly unknown[], run: Run): unknown => {
  const { item } = position
  if (!item) return null
  const items = new Array<unknown>(given.length)
  let invalid = false
  for (let i = 0; i < given.length; i++) {
    const before = run.flaws.length
    const value = completeValue(item, given[i], run)
    if (run.flaws.length !== before) locate(run, before, i)
    if (value === INVALID) invalid = true
    else items[i] = value
  }
  return invalid ? null : items
}

const completeValue = (position: Position, given: unknown, run: Run): unknown => {
  const before = run.flaws.length
  let value: unknown = null
  if (given !== null && given !== undefined) {
    if (position.kind === 'leaf') {
      if (isLeaf(position.leaf, given)) return given
      flawed(run, `${position.name} is not what its type allows`)
    } else if (position.kind === 'list') {
      if (Array.isArray(given)) value = completeItems(position, given, run)
      else flawed(run, `${position.name} is not a list`)
    } else if (isData(given)) {
      const shape = position.selection?.shape(given['__typename'])
      if (shape) value = completeObject(shape, given, run)
      else flawed(run, `${position.name} is of no known type`)
    } else flawed(run, `${position.name} is not an object`)
  }
  if (value !== null || !position.nonNull) return value
  if (run.flaws.length === before) flawed(run, `${position.name} is null and may not be`)
  return INVALID
}

/** An alias of `__typename` may know better than `__typename`: it may come from another subgraph. */
const typenameOf = (shape: Shape, said: unknown, schema: Schema): string | undefined => {
  if (shape.typename === said || typeof said !== 'string' || !schema.isObjectType(said))
    return shape.concrete ? shape.typename : undefined
  return said
}

const completeObject = (shape: Shape, given: Data, run: Run): Data | null => {
  const out: Data = {}
  for (const field of shape.fields) {
    const { name, source } = field
    if (field.kind === 'field') {
      const before = run.flaws.length
      const value = completeValue(field.position, field.inherited ? readOwn(given, source) : given[source], run)
      if (run.flaws.length !== before) locate(run, before, name)
      if (value === INVALID) return null
      if (field.inherited) write(out, name, value)
      else out[name] = value
    } else if (field.kind === 'introspection') write(out, name, run.schema.introspect(field))
    else {
      const typename = typenameOf(shape, readOwn(given, source), run.schema)
      // Nobody could say what it is: it is not there.
      if (typename === undefined) return null
      write(out, name, typename)
    }
  }
  return out
}

/**
 * Makes the answer of what the subgraphs gave: only what was asked for, in its order, with nulls where the schema puts them. `at` is where
 * in the whole answer it stands.
 */
export const completeAnswer = (
  shape: Shape,
  given: Data,
  schema: Schema,
  at: readonly (string | number)[] = [],
): Completed => {
  const run: Run = { flaws: [], schema }
  const data = completeObject(shape, given, run)
  return {
    data,
    flaws: run.flaws.map(
      ({ message, path }) =>
        new GraphQLError('A service broke its schema.', {
          path: [...at, ...path.reverse()],
          originalError: new Error(message),
        }),
    ),
  }
}
