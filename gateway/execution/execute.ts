import type { QueryPlan } from '@apollo/query-planner'
import { type GraphQLCompositeType, GraphQLError, type GraphQLSchema, isObjectType } from 'graphql'
import type { OperationParts, Result, SubgraphFetcher } from '../supergraph.ts'
import { completeAnswer, type Schema } from './completion.ts'
import { type Conditions, readConditions } from './conditions.ts'
import { deliverInParts, type InParts, type Review } from './in-parts.ts'
import { introspectionOf } from './introspection.ts'
import { compileSteps, type Steps, type Types } from './program.ts'
import type { ResponseNames } from './response-names.ts'
import { type Given, type Running, runSteps } from './run.ts'
import { compileRoot, type Shape } from './selection.ts'

interface Begun {
  readonly shape: Shape
  readonly running: Running
  readonly answers: Schema
}

interface Program {
  readonly steps: Steps
  readonly shape: Shape
}

interface Compiled {
  readonly parts: OperationParts
  readonly conditions: Conditions
  /** Some of its fields travel under other names than the client's. */
  readonly renames: boolean
  readonly programs: Map<string, Program>
}

/** Programs kept for one plan: one for each combination of conditions that was asked for. */
const KEPT = 32

const restored = ({ data, parts }: Running, { restore }: ResponseNames): Running => ({
  data,
  parts: parts.map(async part => (await part).map(restore)),
})

/**
 * Executes query plans. Everything that follows from the plan and the operation alone is worked out once and kept with the plan:
 * a request costs its fetches, the merging of what they bring, and one pass over the answer.
 * Null propagation and errors are those of the GraphQL specification; a subgraph may answer anything without making it reject.
 * What an operation defers is compiled with the rest: its fetches begin as early as they can, and come as parts of their own.
 * Introspection is answered from `introspected`.
 */
export const createExecution = (schema: GraphQLSchema, introspected: GraphQLSchema, types: Types) => {
  const compiled = new WeakMap<QueryPlan, Compiled>()

  const compiledFor = (plan: QueryPlan, parts: OperationParts): Compiled => {
    const known = compiled.get(plan)
    if (known?.parts === parts) return known
    if (plan.node?.kind === 'Subscription') throw new Error('a subscription is executed event by event')
    const fresh = {
      parts,
      conditions: readConditions(parts, plan.node),
      renames: types.names.rename(parts) !== undefined,
      programs: new Map(),
    }
    compiled.set(plan, fresh)
    return fresh
  }

  const programFor = (plan: QueryPlan, { parts, conditions, programs }: Compiled, key: string): Program => {
    const known = programs.get(key)
    if (known) return known
    const switches = conditions.switches(key)
    const root: GraphQLCompositeType | undefined | null = schema.getRootType(parts.operation.operation)
    if (!root) throw new Error(`this graph has no ${parts.operation.operation}s`)
    const node = plan.node?.kind === 'Subscription' ? undefined : plan.node
    const program = {
      steps: compileSteps(node, switches, types, parts.operation.operation === 'mutation'),
      shape: compileRoot(schema, parts.fragments, root, parts.operation.selectionSet, switches, types.names),
    }
    const [oldest] = programs.keys()
    if (programs.size >= KEPT && oldest !== undefined) programs.delete(oldest)
    programs.set(key, program)
    return program
  }

  const begin = (
    plan: QueryPlan,
    parts: OperationParts,
    variables: Readonly<Record<string, unknown>>,
    fetch: SubgraphFetcher,
    given?: Given,
  ): Begun | GraphQLError => {
    const all = compiledFor(plan, parts)
    const key = all.conditions.key(variables)
    if (key instanceof GraphQLError) return key
    const { steps, shape } = programFor(plan, all, key)
    const running = runSteps(steps, variables, fetch, given)
    return {
      shape,
      running: all.renames ? restored(running, types.names) : running,
      answers: {
        introspect: introspectionOf(introspected, parts, variables),
        isObjectType: name => isObjectType(schema.getType(name)),
      },
    }
  }

  return {
    async execute(...args: Parameters<typeof begin>): Promise<Result> {
      const begun = begin(...args)
      if (begun instanceof GraphQLError) return { errors: [begun] }
      const failures = (await begun.running.parts[0]) ?? []
      const { data, flaws } = completeAnswer(begun.shape, begun.running.data, begun.answers)
      const errors = failures.length > 0 ? failures : flaws
      return errors.length > 0 ? { errors, data } : { data }
    },
    async executeInParts(
      plan: QueryPlan,
      parts: OperationParts,
      variables: Readonly<Record<string, unknown>>,
      fetch: SubgraphFetcher,
      review: Review,
    ): Promise<InParts> {
      const begun = begin(plan, parts, variables, fetch)
      if (begun instanceof GraphQLError) return { first: { errors: [begun] }, rest: undefined }
      return deliverInParts(begun.shape, begun.running, begun.answers, review)
    },
  }
}
