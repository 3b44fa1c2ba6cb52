import type { FetchNode, PlanNode } from '@apollo/query-planner'
import type { Switches } from './conditions.ts'
import { type Deferral, readDeferral } from './defers.ts'
import type { PlacePath } from './places.ts'

/** One fetch of a plan, with where its entities are and what has to be there before. */
export interface PlannedFetch {
  readonly node: FetchNode
  readonly path: PlacePath
  /** Positions, in the list of all, of the fetches that come before. */
  readonly after: readonly number[]
  /** What it is for: 0 for what is answered at once, n + 1 for the deferral with the number n. */
  readonly part: number
}

/** The part that a deferral is. */
export const partOf = (deferral: Deferral): number => deferral.number + 1

/**
 * The fetches of a plan under given conditions, each after those it waits for. What a mutation defers is fetched when all of it is done,
 * so that it is what was written.
 */
export const listFetches = (
  plan: PlanNode | undefined,
  switches: Switches,
  isMutation: boolean,
): readonly PlannedFetch[] => {
  const fetches: PlannedFetch[] = []
  const list = (
    node: PlanNode | undefined,
    path: PlacePath,
    after: readonly number[],
    part: number,
  ): readonly number[] => {
    if (!node) return after
    switch (node.kind) {
      case 'Fetch':
        fetches.push({ node, path, after, part })
        return [fetches.length - 1]
      case 'Sequence':
        return node.nodes.reduce((before, inner) => list(inner, path, before, part), after)
      case 'Parallel': {
        const ends = new Set(node.nodes.flatMap(inner => list(inner, path, after, part)))
        return ends.size > 0 ? [...ends] : after
      }
      case 'Flatten':
        return list(node.node, [...path, ...node.path.map(String)], after, part)
      case 'Condition':
        return list(switches[node.condition] === true ? node.ifClause : node.elseClause, path, after, part)
      case 'Defer': {
        const ends = list(node.primary.node, path, after, part)
        for (const { node: later, label = '', depends } of node.deferred) {
          const needed = fetches.flatMap(({ node: { id } }, at) => (depends.some(on => on.id === id) ? [at] : []))
          list(later, path, isMutation ? [...new Set([...ends, ...needed])] : needed, partOf(readDeferral(label)))
        }
        return ends
      }
    }
  }
  list(plan, [], [], 0)
  return fetches
}

/** Which fetch goes in which round, and may share a request there. */
export interface Wave {
  readonly subgraph: string
  readonly fetches: readonly number[]
}

/** Entities of a query may be asked for together with others of the same subgraph; anything else goes alone. */
const mergeable = ({ node }: PlannedFetch): boolean => node.requires !== undefined && node.operationKind === 'query'

/** Nothing waits for what is answered later. */
const isAlike = (one: PlannedFetch, other: PlannedFetch): boolean =>
  one.part === other.part && one.node.serviceName === other.node.serviceName

/**
 * Puts fetches of one subgraph into one request where that costs no round trip: those of the same round, and those nobody waits for with a
 * later one. In the order in which they can run.
 */
export const formWaves = (fetches: readonly PlannedFetch[]): readonly Wave[] => {
  const earliest: number[] = []
  for (const { after } of fetches) earliest.push(Math.max(-1, ...after.map(index => earliest[index] ?? 0)) + 1)
  const last = Math.max(0, ...earliest)
  const latest = fetches.map(() => last)
  for (let index = fetches.length - 1; index >= 0; index--)
    for (const before of fetches[index]?.after ?? [])
      latest[before] = Math.min(latest[before] ?? last, (latest[index] ?? last) - 1)

  const rounds = [...earliest]
  const moves = fetches.map((_, index) => index).filter(index => (earliest[index] ?? 0) < (latest[index] ?? 0))
  // A fetch moves only to a round where one of its subgraph is and stays, so that no move undoes another.
  for (const index of moves.sort((a, b) => (earliest[b] ?? 0) - (earliest[a] ?? 0))) {
    const fetch = fetches[index]
    if (!fetch || !mergeable(fetch)) continue
    const limit = Math.min(latest[index] ?? 0, ...waitersOf(fetches, index).map(waiter => (rounds[waiter] ?? 0) - 1))
    const round = Math.max(
      rounds[index] ?? 0,
      ...fetches.flatMap((other, at) =>
        at !== index && mergeable(other) && isAlike(other, fetch)
          ? [rounds[at] ?? 0].filter(candidate => candidate <= limit)
          : [],
      ),
    )
    rounds[index] = round
  }

  const waves = new Map<string, { round: number; subgraph: string; fetches: number[] }>()
  fetches.forEach((fetch, index) => {
    const { serviceName: subgraph } = fetch.node
    const round = rounds[index] ?? 0
    const key = `${round} ${fetch.part} ${subgraph}${mergeable(fetch) ? '' : ` ${index}`}`
    const known = waves.get(key)
    if (known) known.fetches.push(index)
    else waves.set(key, { round, subgraph, fetches: [index] })
  })
  return [...waves.values()].sort((a, b) => a.round - b.round)
}

const waitersOf = (fetches: readonly PlannedFetch[], index: number): readonly number[] =>
  fetches.flatMap(({ after }, at) => (after.includes(index) ? [at] : []))
