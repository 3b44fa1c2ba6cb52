import type { FetchNode, PlanNode } from '@apollo/query-planner'
import { type DocumentNode, Kind, type OperationTypeNode, parse, type SelectionSetNode } from 'graphql'
import type { Switches } from './conditions.ts'
import { type Contexts, compileContexts } from './contexts.ts'
import type { Vague } from './data.ts'
import { formWaves, listFetches, type PlannedFetch, type Wave } from './fetches.ts'
import type { PlacePath } from './places.ts'
import { compileRepresentation, type Represent } from './representations.ts'
import { canShare, type EntityQuery, mergeQueries, readEntityQuery } from './requests.ts'
import type { ResponseNames } from './response-names.ts'
import { compileRewrites, type IsOfType, type Rewrite } from './rewrites.ts'

/** One fetch of the plan: what it asks with, and where what it brings is merged into the answer. */
export interface Destination {
  /** The position of the step it is part of, and of its ask in there. */
  readonly step: number
  readonly ask: number
  /** How many steps have to be done before it can say what it wants. */
  readonly waits: number
  readonly node: FetchNode
  readonly path: PlacePath
  readonly represent: Represent | undefined
  /** Set when entities are asked for with what is around them. */
  readonly contexts: Contexts | undefined
  readonly rewritesInput: boolean
  readonly rewriteOutput: Rewrite | undefined
}

/** One query of a subgraph, and all that want its answer. */
export interface Ask {
  readonly destinations: readonly Destination[]
  /** Entities that are represented alike may hold the same objects: nobody changes them differently afterwards. */
  readonly shared: boolean
  /** Whether it can be asked several times in one request. */
  readonly repeatable: boolean
}

/** A request around its variables. */
export interface Frame {
  /** `{"query":"…","variables":{` */
  readonly head: string
  /** `},"operationName":"…"}` */
  readonly tail: string
}

/** What is sent at one time to one subgraph. */
export interface Step {
  /** What it is for: 0 for what is answered at once. */
  readonly part: number
  readonly subgraph: string
  readonly kind: OperationTypeNode
  readonly entities: boolean
  readonly asks: readonly Ask[]
  /** Names of the operation's variables that it uses. */
  readonly variables: readonly string[]
  /** The request that asks the asks at these positions. */
  frame(positions: readonly number[]): Frame
  /** Positions of the fetches that wait for this step. */
  readonly next: readonly number[]
}

/** A plan, compiled. */
export interface Steps {
  readonly steps: readonly Step[]
  /** The fetches of the plan. */
  readonly destinations: readonly Destination[]
  /** How many steps each part takes; only the first when nothing is answered later. */
  readonly parts: readonly number[]
  readonly vague: Vague
}

/** What execution has to know of the supergraph's types. */
export interface Types {
  readonly isOfType: IsOfType
  readonly vague: Vague
  readonly names: ResponseNames
}

const destinationOf = (
  { node, path }: PlannedFetch,
  isOfType: IsOfType,
): Omit<Destination, 'step' | 'ask' | 'waits'> => {
  const rewrite = compileRewrites(node.inputRewrites, isOfType)
  return {
    node,
    path,
    contexts: compileContexts(node, isOfType),
    represent: node.requires && compileRepresentation(node.requires, isOfType, rewrite),
    rewritesInput: rewrite !== undefined,
    rewriteOutput: compileRewrites(node.outputRewrites, isOfType),
  }
}

/** Names of the objects and lists of objects that a fetch selects at its top. */
const objectsOf = (node: FetchNode): ReadonlySet<string> => {
  const document: DocumentNode = parse(node.operation, { noLocation: true })
  const names = new Set<string>()
  const collect = (set: SelectionSetNode | undefined): void => {
    for (const selection of set?.selections ?? [])
      if (selection.kind === Kind.FIELD) {
        if (selection.selectionSet) names.add(selection.alias?.value ?? selection.name.value)
      } else if (selection.kind === Kind.INLINE_FRAGMENT) collect(selection.selectionSet)
      else
        for (const definition of document.definitions)
          if (definition.kind === Kind.FRAGMENT_DEFINITION && definition.name.value === selection.name.value)
            collect(definition.selectionSet)
  }
  for (const definition of document.definitions)
    if (definition.kind === Kind.OPERATION_DEFINITION) {
      const [only] = definition.selectionSet.selections
      collect(node.requires && only?.kind === Kind.FIELD ? only.selectionSet : definition.selectionSet)
    }
  return names
}

/** Those of the operation: what is taken from around an entity is not the client's. */
const variablesOf = ({ variableUsages = [], contextRewrites = [] }: FetchNode): readonly string[] =>
  variableUsages.filter(name => !contextRewrites.some(({ renameKeyTo }) => renameKeyTo === name))

const startsWith = (path: PlacePath, start: PlacePath): boolean => start.every((element, i) => path[i] === element)

/**
 * Whether objects that a fetch brings may be held by several entities of its path: no other fetch reaches into them from above, or with
 * what is around them.
 */
const canHoldTogether = (fetches: readonly PlannedFetch[], index: number): boolean => {
  const fetch = fetches[index]
  if (!fetch) return false
  const own = objectsOf(fetch.node)
  if (own.size === 0) return true
  const before = new Set<number>()
  const look = (at: number): void => {
    for (const earlier of fetches[at]?.after ?? [])
      if (!before.has(earlier)) {
        before.add(earlier)
        look(earlier)
      }
  }
  look(index)
  return fetches.every((other, at) => {
    if (at === index || before.has(at)) return true
    if (other.node.contextRewrites && startsWith(other.path, fetch.path)) {
      const entered = other.path[fetch.path.length]
      return entered === undefined || !own.has(entered)
    }
    if (!startsWith(fetch.path, other.path)) return true
    const reached = fetch.path[other.path.length]
    const theirs = objectsOf(other.node)
    return reached === undefined ? [...own].every(name => !theirs.has(name)) : !theirs.has(reached)
  })
}

interface Group {
  readonly query: EntityQuery | undefined
  readonly members: readonly number[]
}

/** Fetches of a wave that ask the same, together. */
const groupAlike = (fetches: readonly PlannedFetch[], wave: Wave): readonly Group[] => {
  const groups = new Map<string, { query: EntityQuery | undefined; members: number[] }>()
  for (const index of wave.fetches) {
    const node = fetches[index]?.node
    if (!node) continue
    const query = node.requires && node.operationKind === 'query' ? readEntityQuery(node) : undefined
    const key = query?.signature ?? `#${index}`
    const known = groups.get(key)
    if (known) known.members.push(index)
    else groups.set(key, { query, members: [index] })
  }
  return [...groups.values()]
}

/** Groups that one request can hold. */
const batch = (groups: readonly Group[]): readonly (readonly Group[])[] => {
  const batches: Group[][] = []
  for (const group of groups) {
    const { query } = group
    const fits = batches.find(
      members =>
        query && members.every(({ query: other }) => other && canShare(query, other) && canShare(other, query)),
    )
    if (fits) fits.push(group)
    else batches.push([group])
  }
  return batches
}

/** Frames are remembered for so many combinations of asks that have something to ask. */
const REMEMBERED = 64

const framesOf = (groups: readonly Group[], node: FetchNode): Step['frame'] => {
  const queries = groups.map(({ query }) => query)
  const frames = new Map<string, Frame>()
  const write = (positions: readonly number[]): Frame => {
    const chosen = positions.flatMap(position => queries[position] ?? [])
    const first = chosen[0]?.node ?? node
    const text = chosen.length > 1 ? mergeQueries(chosen) : first.operation
    const { operationName } = first
    return {
      head: `{"query":${JSON.stringify(text)},"variables":{`,
      tail: operationName === undefined ? '}}' : `},"operationName":${JSON.stringify(operationName)}}`,
    }
  }
  return positions => {
    const key = positions.join()
    const known = frames.get(key)
    if (known) return known
    const frame = write(positions)
    if (frames.size < REMEMBERED) frames.set(key, frame)
    return frame
  }
}

/** Compiles a plan, for given values of its conditions, to the requests it takes and what happens with their answers. */
export const compileSteps = (
  plan: PlanNode | undefined,
  switches: Switches,
  { isOfType, vague }: Types,
  isMutation: boolean,
): Steps => {
  const fetches = listFetches(plan, switches, isMutation)
  const batches = formWaves(fetches).flatMap(wave =>
    batch(groupAlike(fetches, wave)).map(groups => ({ subgraph: wave.subgraph, groups })),
  )
  const places = new Map<number, { readonly step: number; readonly ask: number }>()
  batches.forEach(({ groups }, step) => {
    groups.forEach(({ members }, ask) => {
      for (const member of members) places.set(member, { step, ask })
    })
  })
  const before = fetches.map(({ after }) => new Set(after.map(earlier => places.get(earlier)?.step ?? 0)))
  const destinations = fetches.map((fetch, index) => ({
    ...destinationOf(fetch, isOfType),
    ...(places.get(index) ?? { step: 0, ask: 0 }),
    waits: before[index]?.size ?? 0,
  }))
  const steps = batches.flatMap(({ subgraph, groups }, position) => {
    const members = groups.flatMap(group => group.members)
    const nodes = members.flatMap(index => fetches[index]?.node ?? [])
    const [node] = nodes
    if (!node) return []
    return [
      {
        part: fetches[members[0] ?? 0]?.part ?? 0,
        subgraph,
        kind: node.operationKind,
        entities: node.requires !== undefined,
        asks: groups.map(group => ({
          destinations: group.members.flatMap(index => destinations[index] ?? []),
          repeatable: group.query !== undefined,
          shared:
            group.query?.flat === true ||
            (group.members.length === 1 && group.members.every(index => canHoldTogether(fetches, index))),
        })),
        variables: [...new Set(nodes.flatMap(variablesOf))],
        frame: framesOf(groups, node),
        next: before.flatMap((set, index) => (set.has(position) ? [index] : [])),
      },
    ]
  })
  const last = Math.max(0, ...steps.map(({ part }) => part))
  const parts = Array.from({ length: last + 1 }, (_, at) => steps.filter(({ part }) => part === at).length)
  return { steps, destinations, parts, vague }
}
