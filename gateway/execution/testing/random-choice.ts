import type { Pick } from './random-operation.ts'

/** So many of them or more, each at most once. */
export const some = <Item>(all: readonly Item[], pick: Pick, least = 1): Item[] => {
  const left = [...all]
  const count = least + pick(left.length - least + 1)
  return Array.from({ length: count }, () => left.splice(pick(left.length), 1)[0]).filter(item => item !== undefined)
}
export const one = <Item>(all: readonly Item[], pick: Pick): Item => {
  const found = all[pick(all.length)]
  if (found === undefined) throw new Error('nothing to choose from')
  return found
}
