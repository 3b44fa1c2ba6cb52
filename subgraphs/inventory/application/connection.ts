import { Fault } from '@mercato/shared-kernel/application'

export interface PageArguments {
  readonly first?: number | null | undefined
  readonly after?: string | null | undefined
  readonly last?: number | null | undefined
  readonly before?: string | null | undefined
}

/** Where a page starts and how many it holds. `backwards` takes the last ones of the range. */
export interface Page {
  readonly size: number
  readonly backwards: boolean
  readonly after?: string
  readonly before?: string
}

export interface Edge<Node> {
  readonly cursor: string
  readonly node: Node
}

/** A Relay connection. `totalCount` is null where counting would mean reading everything. */
export interface Connection<Node> {
  readonly edges: readonly Edge<Node>[]
  readonly pageInfo: {
    readonly hasNextPage: boolean
    readonly hasPreviousPage: boolean
    readonly startCursor: string | null
    readonly endCursor: string | null
  }
  readonly totalCount: number | null
}

const DEFAULT_SIZE = 20
const MAX_SIZE = 100

/** Reads Relay's arguments; Fault BAD_USER_INPUT when they contradict each other or ask for too much. */
export const readPage = ({ first, after, last, before }: PageArguments): Page => {
  const size = first ?? last ?? DEFAULT_SIZE
  if ((first != null && last != null) || !Number.isSafeInteger(size) || size < 0 || size > MAX_SIZE)
    throw new Fault('BAD_USER_INPUT', `Ask for "first" or "last", from 0 to ${MAX_SIZE}.`)
  return { size, backwards: last != null, ...(after == null ? {} : { after }), ...(before == null ? {} : { before }) }
}

/** Builds the connection. `more`: whether the range goes on beyond the page, on its far side. */
export const toConnection = <Node>(
  edges: readonly Edge<Node>[],
  { backwards, after, before }: Page,
  more: boolean,
  totalCount: number | null,
): Connection<Node> => ({
  edges,
  totalCount,
  pageInfo: {
    hasNextPage: backwards ? before !== undefined : more,
    hasPreviousPage: backwards ? more : after !== undefined,
    startCursor: edges[0]?.cursor ?? null,
    endCursor: edges.at(-1)?.cursor ?? null,
  },
})
