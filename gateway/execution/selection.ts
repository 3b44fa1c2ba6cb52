import {
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isEnumType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  type SelectionSetNode,
} from 'graphql'
import { isIncluded, type Switches } from './conditions.ts'
import { isInherited } from './data.ts'
import { type Deferral, deferralOf } from './defers.ts'
import type { ResponseNames } from './response-names.ts'

/** What a leaf may be; `any` for scalars of the graph's own. */
export type Leaf = 'string' | 'id' | 'int' | 'float' | 'boolean' | 'any' | ReadonlySet<string>

/** The type of a position in the answer, compiled. All have the same form, so that the engine sees one. */
export interface Position {
  readonly nonNull: boolean
  readonly kind: 'leaf' | 'list' | 'object'
  readonly leaf: Leaf
  readonly item: Position | undefined
  readonly selection: Selection | undefined
  /** Something inside is answered later. */
  readonly defers: boolean
  /** For messages to operators. */
  readonly name: string
}

export interface SelectedField {
  readonly name: string
  /** Its name in what subgraphs gave. */
  readonly source: string
  /** Read and written with care. */
  readonly inherited: boolean
  readonly kind: 'field' | 'typename' | 'introspection'
  readonly position: Position
  /** What was asked, for introspection. */
  readonly nodes: readonly FieldNode[]
}

/** What is answered later of an object. */
export interface DeferredShape extends Deferral {
  readonly shape: Shape
}

/** What is selected of objects of one type: no fragments, no conditions, every response name once, in the order of the answer. */
export interface Shape {
  readonly typename: string
  /** An interface is no answer to `__typename`. */
  readonly concrete: boolean
  readonly fields: readonly SelectedField[]
  readonly deferred: readonly DeferredShape[]
}

/** What is selected of the objects at one position. */
export interface Selection {
  /** By what the object says of itself; undefined when no such type is known to clients. */
  shape(typename: unknown): Shape | undefined
}

interface Source {
  readonly set: SelectionSetNode
  readonly parent: GraphQLCompositeType
}

interface Scope {
  readonly schema: GraphQLSchema
  readonly fragments: Readonly<Record<string, FragmentDefinitionNode>>
  readonly switches: Switches
  readonly names: ResponseNames
}

const BUILT_IN: Readonly<Record<string, Leaf>> = {
  String: 'string',
  ID: 'id',
  Int: 'int',
  Float: 'float',
  Boolean: 'boolean',
}

const NO_POSITION: Position = {
  nonNull: false,
  kind: 'leaf',
  leaf: 'any',
  item: undefined,
  selection: undefined,
  defers: false,
  name: '',
}

const NOTHING_DEFERRED: readonly DeferredShape[] = []

const leafOf = (type: GraphQLOutputType): Leaf => {
  const named = getNamedType(type)
  if (isEnumType(named)) return new Set(named.getValues().map(({ name }) => name))
  return BUILT_IN[named.name] ?? 'any'
}

/** Whether a fragment on `condition` is about objects that say they are `runtime`. */
const applies = (schema: GraphQLSchema, condition: GraphQLCompositeType, runtime: GraphQLCompositeType): boolean =>
  condition === runtime ||
  (isAbstractType(condition) &&
    (isObjectType(runtime) || isInterfaceType(runtime)) &&
    schema.isSubType(condition, runtime))

const compilePosition = (
  scope: Scope,
  type: GraphQLOutputType,
  nodes: readonly FieldNode[],
  name: string,
): Position => {
  if (isNonNullType(type)) return { ...compilePosition(scope, type.ofType, nodes, name), nonNull: true }
  if (isListType(type)) return listOf(compilePosition(scope, type.ofType, nodes, name), name)
  if (!isCompositeType(type)) return { ...NO_POSITION, leaf: leafOf(type), name }
  const sources = nodes.flatMap(({ selectionSet }) => (selectionSet ? [{ set: selectionSet, parent: type }] : []))
  const defers = sources.some(({ set }) => isDeferredIn(set))
  return { ...NO_POSITION, kind: 'object', selection: compileSelection(scope, type, sources), defers, name }
}

const listOf = (item: Position, name: string): Position => ({
  ...NO_POSITION,
  kind: 'list',
  item,
  defers: item.defers,
  name,
})

/** Operations of which something is answered later have their fragments written out. */
const isDeferredIn = ({ selections }: SelectionSetNode): boolean =>
  selections.some(
    selection =>
      selection.kind !== 'FragmentSpread' &&
      selection.selectionSet !== undefined &&
      (deferralOf(selection) !== undefined || isDeferredIn(selection.selectionSet)),
  )

/** What is found for objects of one type: fields by response name, and fragments that are answered later. */
interface Found {
  readonly fields: Map<string, { readonly parent: GraphQLCompositeType; readonly nodes: FieldNode[] }>
  readonly deferred: { readonly deferral: Deferral; readonly source: Source }[]
}

const collect = (scope: Scope, runtime: GraphQLCompositeType, { set, parent }: Source, found: Found): void => {
  const { schema, fragments, switches } = scope
  for (const selection of set.selections) {
    if (!isIncluded(selection, switches)) continue
    if (selection.kind === 'Field') {
      const name = selection.alias?.value ?? selection.name.value
      const known = found.fields.get(name)
      if (known) known.nodes.push(selection)
      else found.fields.set(name, { parent, nodes: [selection] })
      continue
    }
    const inner = selection.kind === 'FragmentSpread' ? fragments[selection.name.value] : selection
    if (!inner) continue
    const named = inner.typeCondition && schema.getType(inner.typeCondition.name.value)
    const condition = inner.typeCondition ? (isCompositeType(named) ? named : undefined) : parent
    if (!condition || (inner.typeCondition && !applies(schema, condition, runtime))) continue
    const source = { set: inner.selectionSet, parent: condition }
    const deferral = deferralOf(selection)
    if (deferral) found.deferred.push({ deferral, source })
    else collect(scope, runtime, source, found)
  }
}

const typeOfField = (
  runtime: GraphQLCompositeType,
  parent: GraphQLCompositeType,
  name: string,
): GraphQLOutputType | undefined => {
  for (const owner of [runtime, parent])
    if (isObjectType(owner) || isInterfaceType(owner)) {
      const field = owner.getFields()[name]
      if (field) return field.type
    }
  return undefined
}

const compileShape = (scope: Scope, runtime: GraphQLCompositeType, sources: readonly Source[]): Shape => {
  const found: Found = { fields: new Map(), deferred: [] }
  for (const source of sources) collect(scope, runtime, source, found)
  const fields: SelectedField[] = []
  for (const [name, { parent, nodes }] of found.fields) {
    const field = nodes[0]?.name.value ?? ''
    const type = typeOfField(runtime, parent, field)
    const kind = field === '__typename' ? 'typename' : type ? 'field' : 'introspection'
    const label = `${runtime.name}.${field}`
    const position = type ? compilePosition(scope, type, nodes, label) : NO_POSITION
    const source = nodes[0] ? scope.names.of(nodes[0]) : name
    fields.push({ name, source, inherited: isInherited(name), kind, position, nodes })
  }
  const deferred = found.deferred.map(({ deferral, source }) => ({
    ...deferral,
    shape: compileShape(scope, runtime, [source]),
  }))
  return {
    typename: runtime.name,
    concrete: isObjectType(runtime),
    fields,
    deferred: deferred.length > 0 ? deferred : NOTHING_DEFERRED,
  }
}

const compileSelection = (scope: Scope, type: GraphQLCompositeType, sources: readonly Source[]): Selection => {
  const shapes = new Map<unknown, Shape>()
  const fallback = isObjectType(type) ? compileShape(scope, type, sources) : undefined
  return {
    shape(typename) {
      if (fallback && typename === fallback.typename) return fallback
      const known = shapes.get(typename)
      if (known) return known
      const named = typename === undefined || typename === null || typename === '' ? type : undefined
      const runtime = named ?? (typeof typename === 'string' ? scope.schema.getType(typename) : undefined)
      if (!isCompositeType(runtime)) return undefined
      const shape = runtime === type && fallback ? fallback : compileShape(scope, runtime, sources)
      shapes.set(typename, shape)
      return shape
    },
  }
}

/** Compiles what an operation selects, for given values of its conditions. Types are compiled when they are first met. */
export const compileRoot = (
  schema: GraphQLSchema,
  fragments: Readonly<Record<string, FragmentDefinitionNode>>,
  root: GraphQLCompositeType,
  set: SelectionSetNode,
  switches: Switches,
  names: ResponseNames,
): Shape => compileShape({ schema, fragments, switches, names }, root, [{ set, parent: root }])
