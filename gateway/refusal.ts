import { type ASTNode, GraphQLError } from 'graphql'

/** Codes with which the gateway itself refuses a request, beyond those of faults. */
export type RefusalCode =
  | 'GRAPHQL_PARSE_FAILED'
  | 'GRAPHQL_VALIDATION_FAILED'
  | 'OPERATION_RESOLUTION_FAILURE'
  | 'QUERY_TOO_COMPLEX'
  | 'PAYLOAD_TOO_LARGE'
  | 'BAD_USER_INPUT'
  | 'PERSISTED_QUERY_NOT_FOUND'
  | 'PERSISTED_QUERY_NOT_SUPPORTED'
  | 'BAD_REQUEST'
  | 'METHOD_NOT_ALLOWED'
  | 'UNSUPPORTED_MEDIA_TYPE'
  | 'CSRF_REFUSED'
  | 'UNAUTHENTICATED'
  | 'FORBIDDEN'
  | 'SHUTTING_DOWN'
  | 'RATE_LIMITED'

/** `http` tells yoga the status; with `spec` only clients that ask for `application/graphql-response+json` get it. */
export const refusal = (
  code: RefusalCode,
  message: string,
  options: { readonly status?: number; readonly spec?: boolean; readonly nodes?: readonly ASTNode[] } = {},
): GraphQLError => {
  const { status = 400, spec = true, nodes } = options
  return new GraphQLError(message, { ...(nodes && { nodes }), extensions: { code, http: { status, spec } } })
}
