import { type Data, isData, readOwn } from './data.ts'

/** A path in the answer: names, and `@` for every item of a list. */
export type PlacePath = readonly string[]

/** The objects at a path, each once however often it is there; nulls, and whatever does not fit the path, are passed over. */
export const entitiesAt = (root: Data, path: PlacePath): Data[] => {
  if (path.length === 0) return [root]
  const found = new Set<Data>()
  collect(root, path, 0, found)
  return [...found]
}

const collect = (value: unknown, path: PlacePath, depth: number, found: Set<Data>): void => {
  let current = value
  for (let i = depth; i < path.length; i++) {
    if (typeof current !== 'object' || current === null) return
    const element = path[i] ?? ''
    if (element === '@') {
      if (!Array.isArray(current)) return
      for (const item of current) collect(item, path, i + 1, found)
      return
    }
    if (Array.isArray(current)) return
    current = readOwn(current as Data, element)
  }
  if (isData(current)) found.add(current)
}

/** The chains of objects that lead to a path, from the top down to the object there; an object is there once for each chain. */
export const chainsTo = (root: Data, path: PlacePath): (readonly Data[])[] => {
  const found: (readonly Data[])[] = []
  const visit = (value: unknown, depth: number, above: readonly Data[]): void => {
    const element = path[depth]
    if (element === '@') {
      if (Array.isArray(value)) for (const item of value) visit(item, depth + 1, above)
    } else if (isData(value)) {
      const chain = [...above, value]
      if (element === undefined) found.push(chain)
      else visit(readOwn(value, element), depth + 1, chain)
    }
  }
  visit(root, 0, [])
  return found
}

/** Where in the answer each object at a path is. Walked only when there are errors to place. */
export const placesAt = (root: Data, path: PlacePath): ReadonlyMap<Data, readonly (readonly (string | number)[])[]> => {
  const places = new Map<Data, (readonly (string | number)[])[]>()
  const visit = (value: unknown, depth: number, at: readonly (string | number)[]): void => {
    const element = path[depth]
    if (element === undefined) {
      if (!isData(value)) return
      const known = places.get(value)
      if (known) known.push(at)
      else places.set(value, [at])
    } else if (element === '@') {
      if (Array.isArray(value)) for (const [index, item] of value.entries()) visit(item, depth + 1, [...at, index])
    } else if (isData(value)) visit(readOwn(value, element), depth + 1, [...at, element])
  }
  visit(root, 0, [])
  return places
}
