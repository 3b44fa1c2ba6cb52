import { Fault } from '@mercato/shared-kernel/application'
import { BrokenCircuitError } from 'cockatiel'
import type { SubgraphResult } from '../supergraph.ts'

/** What went wrong with a call of a subgraph: with a code, and without a host. */
export const faultOf = (subgraph: string, error: unknown): Fault =>
  error instanceof Fault
    ? error
    : error instanceof BrokenCircuitError
      ? new Fault('SERVICE_UNAVAILABLE', `The ${subgraph} service is not available.`, error)
      : new Fault('INTERNAL_SERVER_ERROR', 'a subgraph call failed', error)

/** The answer of a subgraph that did not give one. */
export const failureOf = ({ message, code, retryable }: Fault): SubgraphResult => ({
  data: null,
  errors: [{ message, extensions: { code, retryable } }],
})
