/** JSON objects as subgraphs send them. Keys are not to be trusted: `__proto__` may be an alias, or an attack. */
export type Data = Record<string, unknown>

export const isData = (value: unknown): value is Data =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const INHERITED: ReadonlySet<string> = new Set(Object.getOwnPropertyNames(Object.prototype))

/** Whether a plain object answers to this name although it has no such key. */
export const isInherited = (name: string): boolean => INHERITED.has(name)

export const readOwn = (data: Data, name: string): unknown =>
  INHERITED.has(name) && !Object.hasOwn(data, name) ? undefined : data[name]

/** Sets a key, never the prototype. */
export const write = (data: Data, name: string, value: unknown): void => {
  if (name === '__proto__')
    Object.defineProperty(data, name, { value, configurable: true, enumerable: true, writable: true })
  else data[name] = value
}

/** Names of interfaces: a subgraph that knows an entity only as an interface object says no more of its type. */
export type Vague = ReadonlySet<unknown>

export const NOTHING_VAGUE: Vague = new Set()

/**
 * Merges what a subgraph answered into what is there: objects by key, lists of equal length by index, anything else replaces; but the
 * name of an object's own type never gives way to that of an interface, in whatever order answers come.
 * What was not there before is taken over, not copied.
 */
export const mergeData = (target: Data, source: Data, vague: Vague): void => {
  for (const key of Object.keys(source)) {
    const given = source[key]
    if (given === undefined) continue
    const present = key === '__proto__' ? readOwn(target, key) : target[key]
    if (typeof present !== 'object' || present === null || typeof given !== 'object' || given === null) {
      if (key !== '__typename' || typeof present !== 'string' || !vague.has(given)) write(target, key, given)
    } else if (Array.isArray(given)) {
      if (Array.isArray(present) && present.length === given.length) mergeItems(present, given, vague)
      else write(target, key, given)
    } else if (Array.isArray(present)) write(target, key, given)
    else mergeData(present as Data, given as Data, vague)
  }
}

const mergeItems = (target: unknown[], source: readonly unknown[], vague: Vague): void => {
  for (let i = 0; i < source.length; i++) {
    const present = target[i]
    const given = source[i]
    if (isData(present) && isData(given)) mergeData(present, given, vague)
    else if (Array.isArray(present) && Array.isArray(given) && present.length === given.length)
      mergeItems(present, given, vague)
    else target[i] = given
  }
}

/** A copy that shares nothing with the original. */
export const copy = (value: unknown): unknown => {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(copy)
  const out: Data = {}
  for (const [key, inner] of Object.entries(value)) write(out, key, copy(inner))
  return out
}
