import { maxAliasesRule } from '@escape.tech/graphql-armor-max-aliases'
import { maxDepthRule } from '@escape.tech/graphql-armor-max-depth'
import { maxDirectivesRule } from '@escape.tech/graphql-armor-max-directives'
import type {
  DocumentNode,
  FieldNode,
  FragmentSpreadNode,
  GraphQLError,
  InlineFragmentNode,
  SelectionSetNode,
  ValidationRule,
  ValueNode,
} from 'graphql'
import { refusal } from './refusal.ts'

/** How much one request may ask for. Checked before anything is planned, on every transport. */
export interface Limits {
  /** Bytes of a request. */
  readonly bytes: number
  readonly tokens: number
  readonly depth: number
  readonly aliases: number
  readonly directives: number
  /** Field selections once every fragment is written out at every place it is spread. */
  readonly fields: number
  /** `@defer` once every fragment is written out. */
  readonly defers: number
  /** Levels of lists and objects in one literal or variable. */
  readonly inputDepth: number
  /** Fields times the page sizes (`first`, `last`) around them. */
  readonly cost: number
}

export const DEFAULT_LIMITS: Limits = {
  bytes: 1_000_000,
  tokens: 1_000,
  depth: 16,
  aliases: 30,
  directives: 50,
  fields: 1_000,
  defers: 20,
  inputDepth: 16,
  cost: 50_000,
}

const tooComplex = (what: string): GraphQLError =>
  refusal('QUERY_TOO_COMPLEX', `This request asks for too much: ${what}.`)

/** Limits that are rules of validation; the library's messages and codes are ours afterwards (see {@link asRefusal}). */
export const limitRules = (limits: Limits): readonly ValidationRule[] => [
  maxDepthRule({ n: limits.depth, flattenFragments: true }),
  maxAliasesRule({ n: limits.aliases }),
  maxDirectivesRule({ n: limits.directives }),
]

const LIBRARY = /^Syntax Error: ((?:Query depth|Aliases|Directives) limit of \d+ exceeded)/
const TOKENS = /^Syntax Error: Document contains more tha[nt] \d+ tokens/

/** A refusal with our code when the error says that a limit was passed. */
export const asRefusal = (error: GraphQLError): GraphQLError | undefined => {
  const limit = LIBRARY.exec(error.message)?.[1]
  if (limit) return tooComplex(limit.toLowerCase())
  return TOKENS.test(error.message) ? tooComplex('too many tokens') : undefined
}

/** Adds up over a selection with every fragment counted once and multiplied where it is spread: linear in the size of the document. */
const total = (
  document: DocumentNode,
  set: SelectionSetNode,
  perField: (field: FieldNode, below: number) => number,
  perFragment: (spread: FragmentSpreadNode | InlineFragmentNode) => number = () => 0,
): number => {
  const fragments = new Map(
    document.definitions.flatMap(d => (d.kind === 'FragmentDefinition' ? [[d.name.value, d] as const] : [])),
  )
  const known = new Map<string, number>()
  const sum = ({ selections }: SelectionSetNode): number => {
    let result = 0
    for (const selection of selections) {
      if (selection.kind === 'Field')
        result += perField(selection, selection.selectionSet ? sum(selection.selectionSet) : 0)
      else {
        result += perFragment(selection)
        result += selection.kind === 'InlineFragment' ? sum(selection.selectionSet) : ofFragment(selection.name.value)
      }
    }
    return result
  }
  const ofFragment = (name: string): number => {
    const counted = known.get(name)
    if (counted !== undefined) return counted
    known.set(name, 0)
    const fragment = fragments.get(name)
    const result = fragment ? sum(fragment.selectionSet) : 0
    known.set(name, result)
    return result
  }
  return sum(set)
}

const tooDeep = (value: unknown, limit: number): boolean => {
  if (typeof value !== 'object' || value === null) return false
  return limit === 0 || Object.values(value).some(inner => tooDeep(inner, limit - 1))
}

const literalTooDeep = (value: ValueNode, limit: number): boolean => {
  if (value.kind === 'ListValue') return limit === 0 || value.values.some(inner => literalTooDeep(inner, limit - 1))
  if (value.kind === 'ObjectValue')
    return limit === 0 || value.fields.some(inner => literalTooDeep(inner.value, limit - 1))
  return false
}

const defersIn = (document: DocumentNode, set: SelectionSetNode): number =>
  total(
    document,
    set,
    (_, below) => below,
    ({ directives = [] }) => (directives.some(({ name }) => name.value === 'defer') ? 1 : 0),
  )

/** The refusal of a document that would be expensive to validate or plan. Runs right after parsing. */
export const refuseDocument = (document: DocumentNode, limits: Limits): GraphQLError | undefined => {
  let deep = false
  for (const definition of document.definitions) {
    if (definition.kind !== 'OperationDefinition' && definition.kind !== 'FragmentDefinition') continue
    const look = ({ selections }: SelectionSetNode): void => {
      for (const selection of selections) {
        const values = [
          ...(selection.kind === 'Field' ? (selection.arguments ?? []) : []),
          ...(selection.directives ?? []).flatMap(d => d.arguments ?? []),
        ]
        deep ||= values.some(({ value }) => literalTooDeep(value, limits.inputDepth))
        if (selection.kind !== 'FragmentSpread' && selection.selectionSet) look(selection.selectionSet)
      }
    }
    look(definition.selectionSet)
    if (definition.kind === 'OperationDefinition') {
      deep ||= (definition.variableDefinitions ?? []).some(
        ({ defaultValue }) => defaultValue && literalTooDeep(defaultValue, limits.inputDepth),
      )
      if (total(document, definition.selectionSet, (_, below) => 1 + below) > limits.fields)
        return tooComplex('too many fields once fragments are written out')
      if (defersIn(document, definition.selectionSet) > limits.defers)
        return tooComplex('too many @defer once fragments are written out')
    }
  }
  return deep ? tooComplex('values nested too deeply') : undefined
}

const pageSize = (field: FieldNode, variables: Readonly<Record<string, unknown>>): number => {
  let size = 1
  for (const { name, value } of field.arguments ?? []) {
    if (name.value !== 'first' && name.value !== 'last') continue
    const given: unknown =
      value.kind === 'Variable' ? variables[value.name.value] : value.kind === 'IntValue' ? Number(value.value) : 1
    if (typeof given === 'number' && given > size) size = given
  }
  return size
}

/** The refusal of one request: its variables, and its cost with their values. */
export const refuseRequest = (
  document: DocumentNode,
  selections: SelectionSetNode,
  variables: Readonly<Record<string, unknown>>,
  limits: Limits,
): GraphQLError | undefined => {
  const cost = total(document, selections, (field, below) => 1 + pageSize(field, variables) * below)
  return cost > limits.cost
    ? tooComplex(`its cost is ${Math.round(cost)}, at most ${limits.cost} is allowed`)
    : undefined
}

/** The refusal of variables that would overflow whoever walks them. */
export const refuseVariables = (
  variables: Readonly<Record<string, unknown>>,
  limits: Limits,
): GraphQLError | undefined =>
  tooDeep(variables, limits.inputDepth + 1) ? tooComplex('variables nested too deeply') : undefined
