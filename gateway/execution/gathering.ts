import type { Data } from './data.ts'
import { chainsTo, entitiesAt } from './places.ts'
import type { Ask, Destination } from './program.ts'

/** The most representations a subgraph gets in one request. */
const MOST = 500
/** The most fields that it gets them by. */
const MOST_APART = 50

/** An entity of the answer that waits for what a representation brings. */
export interface Target {
  readonly entity: Data
  readonly destination: Destination
}

/** What is asked for one ask: texts of representations, each with its targets. */
export interface Wanted {
  readonly position: number
  readonly ask: Ask
  readonly texts: string[]
  readonly targets: Target[][]
  /** What all of it takes from around: JSON by the name of a variable. */
  readonly context: Readonly<Record<string, string>>
}

/** A step whose fetches have not all said what they want yet. */
export interface Gathering {
  missing: number
  readonly wanted: (Wanted & { readonly known: Map<string, Target[]> })[]
  /** Those that differ by what is around, by that; made when there are any. */
  inContext: Map<string, Gathering['wanted'][number]> | undefined
}

export const NO_CONTEXT: Wanted['context'] = {}

type Collecting = Gathering['wanted'][number]

const newlyWanted = (position: number, ask: Ask, context: Wanted['context']): Collecting => ({
  position,
  ask,
  texts: [],
  targets: [],
  known: new Map(),
  context,
})

const want = (wanted: Collecting, entity: Data, destination: Destination, text: string): void => {
  const key = destination.rewritesInput ? `${text}${String(entity['__typename'])}` : text
  const alike = wanted.known.get(key)
  if (alike) {
    alike.push({ entity, destination })
    return
  }
  const first = [{ entity, destination }]
  wanted.known.set(key, first)
  wanted.texts.push(text)
  wanted.targets.push(first)
}

export const gather = ({ wanted }: Gathering, ask: Ask, destination: Destination, root: Data): void => {
  const { represent, ask: position } = destination
  if (!represent) return
  let mine = wanted.find(one => one.position === position)
  for (const entity of entitiesAt(root, destination.path)) {
    const text = represent(entity)
    if (text === undefined) continue
    if (!mine) {
      mine = newlyWanted(position, ask, NO_CONTEXT)
      wanted.push(mine)
    }
    want(mine, entity, destination, text)
  }
}

/** The same for what is asked for with what is around it: entities whose surroundings differ are asked for apart. */
export const gatherInContext = (gathering: Gathering, ask: Ask, destination: Destination, root: Data): void => {
  const { represent, contexts, ask: position, path } = destination
  if (!represent || !contexts) return
  const { names, read } = contexts
  gathering.inContext ??= new Map()
  for (const chain of chainsTo(root, path)) {
    const entity = chain.at(-1)
    const text = entity && represent(entity)
    if (!entity || text === undefined) continue
    const values = read(chain)
    const key = `${position} ${values.join()}`
    let mine = gathering.inContext.get(key)
    if (!mine) {
      mine = newlyWanted(position, ask, Object.fromEntries(names.map((name, i) => [name, values[i] ?? 'null'])))
      gathering.inContext.set(key, mine)
      gathering.wanted.push(mine)
    }
    want(mine, entity, destination, text)
  }
}

export const askers = ({ targets }: Wanted): ReadonlySet<Destination> =>
  new Set(targets.flatMap(alike => alike.map(({ destination }) => destination)))

/** Cuts what is wanted into requests of a bearable size. */
export const portions = (wanted: readonly Wanted[]): readonly (readonly Wanted[])[] => {
  const together = wanted.length <= MOST_APART && (wanted.length === 1 || wanted.every(({ ask }) => ask.repeatable))
  if (together && wanted.reduce((sum, { texts }) => sum + texts.length, 0) <= MOST) return [wanted]
  const all: Wanted[][] = []
  let room = 0
  for (const { texts, targets, ...one } of wanted)
    for (let from = 0; from < texts.length; ) {
      if (room === 0 || !one.ask.repeatable || all.at(-1)?.length === MOST_APART) {
        all.push([])
        room = MOST
      }
      const to = Math.min(texts.length, from + room)
      all.at(-1)?.push({ ...one, texts: texts.slice(from, to), targets: targets.slice(from, to) })
      room -= to - from
      from = to
    }
  return all
}
