import { GraphQLError } from 'graphql'
import type { SubgraphResult } from '../supergraph.ts'

export type SubgraphError = NonNullable<SubgraphResult['errors']>[number]
export type ErrorPath = readonly (string | number)[]

/** A path up to where it is the same for all items of a list. */
const known = (path: ErrorPath): ErrorPath => {
  const end = path.indexOf('@')
  return end < 0 ? path : path.slice(0, end)
}

/** What a subgraph reported, at its place in the client's answer. Says which service it was, for the error gate. */
export const reported = (subgraph: string, error: SubgraphError, path: ErrorPath | undefined): GraphQLError =>
  new GraphQLError(error.message || `Error while fetching subquery from service "${subgraph}"`, {
    ...(path && { path: known(path) }),
    extensions: { code: 'DOWNSTREAM_SERVICE_ERROR', ...error.extensions, serviceName: subgraph },
  })

/** A fetch that came to nothing. */
export const failed = (cause: unknown): GraphQLError =>
  new GraphQLError('A fetch failed.', {
    originalError: cause instanceof Error ? cause : new Error(String(cause)),
  })

/** The subgraph is in no state to be asked once more, in another way. */
export const isInTrouble = ({ errors = [] }: SubgraphResult): boolean =>
  errors.some(({ extensions }) => extensions?.['retryable'] === true)
