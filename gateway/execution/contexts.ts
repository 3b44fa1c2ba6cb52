import type { FetchNode } from '@apollo/query-planner'
import { type Data, isData, readOwn } from './data.ts'
import { conditionIn, type IsOfType } from './rewrites.ts'

/** What a fetch takes from the objects around its entities, for one place: the values of its contextual arguments as JSON. */
export type ReadContext = (chain: readonly Data[]) => readonly string[]

export interface Contexts {
  /** Names of the variables that carry the values, in the order of {@link ReadContext}. */
  readonly names: readonly string[]
  /** `chain` are the objects from the top down to the entity. */
  readonly read: ReadContext
}

const UP = '..'

/** Undefined when an object on the way is of another type: then it is not what is meant. */
const follow = (value: unknown, path: readonly string[], isOfType: IsOfType): unknown => {
  let current = value
  for (let i = 0; i < path.length; i++) {
    if (Array.isArray(current)) return current.map(item => follow(item, path.slice(i), isOfType) ?? null)
    if (!isData(current)) return null
    const element = path[i] ?? ''
    const condition = conditionIn(element)
    if (condition === undefined) current = readOwn(current, element) ?? null
    else {
      const typename = current['__typename']
      if (typeof typename !== 'string' || !isOfType(condition, typename)) return undefined
    }
  }
  return current
}

/** Undefined when a fetch takes nothing from around its entities. */
export const compileContexts = ({ contextRewrites }: FetchNode, isOfType: IsOfType): Contexts | undefined => {
  if (!contextRewrites || contextRewrites.length === 0) return undefined
  const ways = new Map<string, { readonly up: number; readonly path: readonly string[] }[]>()
  for (const { path, renameKeyTo } of contextRewrites) {
    const up = path.filter(element => element === UP).length
    const way = { up, path: path.filter(element => element !== UP) }
    const others = ways.get(renameKeyTo)
    if (others) others.push(way)
    else ways.set(renameKeyTo, [way])
  }
  const all = [...ways.values()]
  return {
    names: [...ways.keys()],
    read: chain =>
      all.map(candidates => {
        for (const { up, path } of candidates) {
          const value = follow(chain[chain.length - 1 - up], path, isOfType)
          if (value !== undefined) return JSON.stringify(value)
        }
        return 'null'
      }),
  }
}
