import { Fault } from '@mercato/shared-kernel/application'

/** A subgraph that cannot be reached. `reached` says whether it may have seen the request. */
export class Unreachable extends Fault {
  readonly reached: boolean
  constructor(subgraph: string, reached: boolean, cause?: unknown) {
    super('SERVICE_UNAVAILABLE', `The ${subgraph} service is not available.`, cause)
    this.reached = reached
  }
}

export const timedOut = (subgraph: string, cause?: unknown): Fault =>
  new Fault('TIMEOUT', `The ${subgraph} service did not answer in time.`, cause)

/** An answer over the limit: the same call would bring it again. */
export class TooLarge extends Fault {
  constructor(subgraph: string) {
    super('SERVICE_UNAVAILABLE', `The ${subgraph} service answered with too much.`)
  }
}
