import type { QueryPlan } from '@apollo/query-planner'
import {
  type DocumentNode,
  GraphQLError,
  type GraphQLObjectType,
  NoSchemaIntrospectionCustomRule,
  type OperationDefinitionNode,
  parse,
  specifiedRules,
  type ValidationRule,
  validate,
} from 'graphql'
import type { Requirement } from './authorization/requirements.ts'
import { requirementsOf } from './authorization/selections.ts'
import { deferRules } from './defer-rules.ts'
import { type Conditions, readConditions } from './execution/conditions.ts'
import { type Deferring, type Defers, readDefers, withoutDefer } from './execution/defers.ts'
import { asRefusal, type Limits, limitRules, refuseDocument } from './limits.ts'
import { refusal } from './refusal.ts'
import type { LoadedSupergraph, OperationParts } from './supergraph.ts'
import type { Obstacle } from './undeferred.ts'

/** What is executed for a decision: the operation as cut for it, and its plan. */
export interface Planned {
  readonly parts: OperationParts
  readonly plan: QueryPlan
  /** What was asked for, before it was cut, when some of it is deferred. */
  readonly deferring?: Deferring
  /** Why nothing is deferred, when something should have been. */
  readonly obstacle?: Obstacle
}

/** One operation of a valid document, ready to be authorised and planned; it is without its `@defer`. */
export interface Prepared extends OperationParts {
  readonly supergraph: LoadedSupergraph
  readonly root: GraphQLObjectType
  /** What its `@skip` and `@include` depend on. */
  readonly conditions: Conditions
  /** What may be answered later, if anything. */
  readonly defers: Defers | undefined
  /** Every requirement it can run into. */
  readonly requirements: readonly Requirement[]
  /** A label with few values: the first root field. */
  readonly label: string
  /** Plans and cut operations of this one, by decision. */
  readonly plans: Map<string, Planned>
}

export type Preparation =
  | { readonly outcome: 'ready'; readonly prepared: Prepared }
  | { readonly outcome: 'refused'; readonly errors: readonly GraphQLError[] }

export interface Documents {
  /** Parses, bounds and validates an operation; answers repeated ones from memory. */
  prepare(supergraph: LoadedSupergraph, query: string, operationName: string | undefined): Preparation
}

/** Only operations that may run are kept, so that refused ones push nothing out. */
const KEPT = 500
const KEPT_LENGTH = 16_000
const MAX_VALIDATION_ERRORS = 10

const refused = (...errors: readonly GraphQLError[]): Preparation => ({ outcome: 'refused', errors })

const withStatus = (error: GraphQLError, code: 'GRAPHQL_PARSE_FAILED' | 'GRAPHQL_VALIDATION_FAILED'): GraphQLError =>
  asRefusal(error) ??
  new GraphQLError(error.message, {
    ...(error.nodes && { nodes: error.nodes }),
    ...(error.source && { source: error.source }),
    ...(error.positions && { positions: error.positions }),
    extensions: { code, http: { status: 400, spec: true } },
  })

const findOperation = (document: DocumentNode, name: string | undefined): OperationDefinitionNode | undefined => {
  const operations = document.definitions.filter(definition => definition.kind === 'OperationDefinition')
  return name === undefined
    ? operations.length === 1
      ? operations[0]
      : undefined
    : operations.find(operation => operation.name?.value === name)
}

export const createDocuments = (options: { readonly limits: Limits; readonly development: boolean }): Documents => {
  const { limits, development } = options
  const rules: readonly ValidationRule[] = [
    ...limitRules(limits),
    ...specifiedRules,
    ...deferRules,
    ...(development ? [] : [NoSchemaIntrospectionCustomRule]),
  ]
  const kept = new Map<string, Prepared>()

  const read = (query: string): DocumentNode | GraphQLError => {
    try {
      return parse(query, { maxTokens: limits.tokens })
    } catch (error) {
      if (error instanceof GraphQLError) return withStatus(error, 'GRAPHQL_PARSE_FAILED')
      throw error
    }
  }

  const check = (supergraph: LoadedSupergraph, document: DocumentNode): readonly GraphQLError[] => {
    const tooMuch = refuseDocument(document, limits)
    if (tooMuch) return [tooMuch]
    try {
      const errors = validate(supergraph.schema, document, rules, {
        maxErrors: MAX_VALIDATION_ERRORS,
        hideSuggestions: !development,
      })
      return errors.map(error => withStatus(error, 'GRAPHQL_VALIDATION_FAILED'))
    } catch (error) {
      if (error instanceof GraphQLError) return [withStatus(error, 'GRAPHQL_VALIDATION_FAILED')]
      throw error
    }
  }

  const prepare: Documents['prepare'] = (supergraph, query, operationName) => {
    const document = read(query)
    if (document instanceof GraphQLError) return refused(document)
    const errors = check(supergraph, document)
    if (errors.length > 0) return refused(...errors)
    const operation = findOperation(document, operationName)
    if (!operation)
      return refused(refusal('OPERATION_RESOLUTION_FAILURE', 'Name one operation of the document in operationName.'))
    const root = supergraph.schema.getRootType(operation.operation)
    if (!root) return refused(refusal('OPERATION_RESOLUTION_FAILURE', `This graph has no ${operation.operation}s.`))
    const used = document.definitions.filter(definition => definition.kind === 'FragmentDefinition')
    const fragments = Object.assign(
      Object.create(null),
      Object.fromEntries(used.map(fragment => [fragment.name.value, fragment])),
    )
    const [first] = operation.selectionSet.selections
    const asked = { document: { ...document, definitions: [operation, ...used] }, operation, fragments }
    const defers = readDefers(asked)
    return {
      outcome: 'ready',
      prepared: {
        ...(defers ? withoutDefer(asked) : asked),
        supergraph,
        root,
        conditions: readConditions(asked, undefined),
        defers,
        requirements: requirementsOf(
          supergraph.schema,
          supergraph.requirements,
          root,
          fragments,
          operation.selectionSet,
        ),
        label: first?.kind === 'Field' ? first.name.value : 'fragment',
        plans: new Map(),
      },
    }
  }

  return {
    prepare(supergraph, query, operationName) {
      if (query.length > KEPT_LENGTH) return prepare(supergraph, query, operationName)
      const key = `${supergraph.id}\n${operationName ?? ''}\n${query}`
      const known = kept.get(key)
      const preparation: Preparation = known
        ? { outcome: 'ready', prepared: known }
        : prepare(supergraph, query, operationName)
      if (preparation.outcome === 'refused') return preparation
      kept.delete(key)
      kept.set(key, preparation.prepared)
      const [oldest] = kept.keys()
      if (kept.size > KEPT && oldest !== undefined) kept.delete(oldest)
      return preparation
    },
  }
}
