import type { Metrics, RequestContext, Telling } from '@mercato/shared-kernel/application'
import { type ExecutionResult, type GraphQLError, getOperationAST } from 'graphql'
import type { Plugin } from 'graphql-yoga'
import { measured } from './instrumentation.ts'
import { tooManyRepresentations } from './representations.ts'

/** What the server hands to yoga with each request. */
export interface ServerContext {
  readonly base: RequestContext
  /** The event that a subscription tells right now. */
  readonly told: { event?: Parameters<Telling>[0] }
}

type Gate = (error: unknown, correlationId: string) => GraphQLError
type Result = ExecutionResult<Record<string, unknown>, Record<string, unknown>>

const isIterable = (value: unknown): value is AsyncIterable<Result> =>
  typeof value === 'object' && value !== null && Symbol.asyncIterator in value

/** What every result gets on its way out: errors through the gate, what the request wrote, the trace of the event it tells. */
const finish = (result: Result, { base, told }: ServerContext, gate: Gate): Result => {
  const { correlationId, wrote } = base
  const { errors, extensions, ...rest } = result
  const { streamId, revision, traceparent } = told.event ?? {}
  const consistency = streamId === undefined ? wrote : { ...wrote, [streamId]: revision }
  const more = {
    ...extensions,
    ...(Object.keys(consistency).length > 0 && { consistency }),
    ...(traceparent !== undefined && { traceparent }),
  }
  return {
    ...rest,
    ...(errors && { errors: errors.map(error => gate(error, correlationId)) }),
    ...(Object.keys(more).length > 0 && { extensions: more }),
  }
}

const failed = (result: unknown): boolean =>
  typeof result === 'object' && result !== null && 'errors' in result && Array.isArray(result.errors)

/** Measures operations, bounds `_entities`, and lets results out through the error gate. */
export const useGate = (options: {
  readonly context: string
  readonly metrics: Metrics
  readonly gate: Gate
}): Plugin<object, ServerContext> => {
  const { context, metrics, gate } = options
  return {
    onExecute({ args, setResultAndStopExecution }) {
      const operation = getOperationAST(args.document, args.operationName)
      if (!operation) return undefined
      const refusal = tooManyRepresentations(args.document, operation, args.variableValues ?? {})
      const done = measured(metrics, context, operation, args.document)
      if (refusal) {
        done(true)
        return setResultAndStopExecution({ errors: [refusal] })
      }
      return { onExecuteDone: ({ result }) => done(failed(result)) }
    },
    onSubscribe({ args }) {
      const operation = getOperationAST(args.document, args.operationName)
      const done = operation && measured(metrics, context, operation, args.document)
      return { onSubscribeResult: ({ result }) => done?.(!isIterable(result)) }
    },
    onResultProcess({ result, setResult, serverContext }) {
      if (Array.isArray(result)) return
      if (!isIterable(result)) return setResult(finish(result as Result, serverContext, gate))
      const source = result
      async function* gated() {
        for await (const item of source) yield finish(item, serverContext, gate)
      }
      setResult(gated())
    },
  }
}
