import { Fault, type FaultCode, type Logger } from '@mercato/shared-kernel/application'
import { GraphQLError } from 'graphql'

const MASKED = 'Something went wrong on our side. Quote the correlation id when you ask about it.'

const originOf = (error: unknown): unknown =>
  error instanceof GraphQLError && error.originalError ? originOf(error.originalError) : error

/** Refused before or while reading the request: syntax, validation, variables. graphql-js made it and no resolver ran. */
const isRequestError = (error: unknown): error is GraphQLError =>
  error instanceof GraphQLError && error.path === undefined && originOf(error) instanceof GraphQLError

interface Verdict {
  readonly message: string
  readonly code: FaultCode | string
  readonly retryable: boolean
}

const judge = (error: unknown): Verdict => {
  const origin = originOf(error)
  if (origin instanceof Fault) return { message: origin.message, code: origin.code, retryable: origin.retryable }
  if (isRequestError(error)) {
    const code = error.extensions['code']
    return { message: error.message, code: typeof code === 'string' ? code : 'BAD_USER_INPUT', retryable: false }
  }
  return { message: MASKED, code: 'INTERNAL_SERVER_ERROR', retryable: false }
}

/**
 * The one gate through which errors leave a subgraph. A `Fault` keeps its code and message, a refused request its reason;
 * everything else is masked and logged, once, with the correlation id that the client gets too.
 */
export const createErrorGate =
  (logger: Logger) =>
  (error: unknown, correlationId: string): GraphQLError => {
    const { message, code, retryable } = judge(error)
    const origin = originOf(error)
    if (code === 'INTERNAL_SERVER_ERROR') logger.error('request failed', { correlationId, error: origin })
    const located = error instanceof GraphQLError ? error : undefined
    const http = located?.extensions.http
    return new GraphQLError(message, {
      ...(located?.nodes && { nodes: located.nodes }),
      ...(located?.source && { source: located.source }),
      ...(located?.positions && { positions: located.positions }),
      ...(located?.path && { path: located.path }),
      // What is no GraphQL request at all gets its status whatever the caller accepts.
      extensions: {
        code,
        retryable,
        correlationId,
        ...(http && { http: code === 'BAD_REQUEST' ? { ...http, spec: false } : http }),
      },
    })
  }
