import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { JsonSchema } from './json-schema.ts'

const MAP = '*'

const alternatives = ({ anyOf, ...whole }: JsonSchema): readonly JsonSchema[] => anyOf ?? [whole]

/** The values a schema names one by one; `undefined` when it does not. */
const valuesOf = (schema: JsonSchema): readonly unknown[] | undefined =>
  schema.const === undefined ? schema.enum : [schema.const]

const namesValues = (schema: JsonSchema): boolean => valuesOf(schema) !== undefined

const typeOf = (schema: JsonSchema): string | undefined => {
  const [value] = valuesOf(schema) ?? []
  if (value === null) return 'null'
  return value === undefined ? schema.type : typeof value
}

const isAnything = (schema: JsonSchema): boolean =>
  alternatives(schema).every(each => typeOf(each) === undefined && !each.anyOf)

/**
 * Why a consumer that was written for `before` could not read what `after` describes; nothing when it can. More fields are fine, since
 * consumers ignore what they do not know; fewer fields, other types, and values or shapes that did not exist are not.
 */
export function breaksBetween(before: JsonSchema, after: JsonSchema, at = ''): readonly string[] {
  const place = at === '' ? 'the event' : at
  if (isAnything(before)) return []
  if (isAnything(after)) return [`${place} may be anything now`]
  const known = alternatives(before)
  return alternatives(after).flatMap(now => {
    const found = known.map(each => breaksInOne(each, now, at))
    const fewest = found.toSorted((one, other) => one.length - other.length)[0] ?? []
    return known.length > 1 && fewest.length > 0 ? [`${place} has a shape that it never had`] : fewest
  })
}

function breaksInOne(before: JsonSchema, after: JsonSchema, at: string): readonly string[] {
  const place = at === '' ? 'the event' : at
  if (typeOf(before) !== typeOf(after)) return [`${place} was ${typeOf(before)} and is ${typeOf(after)}`]
  if (namesValues(before)) {
    const allowed = valuesOf(before) ?? []
    const now = valuesOf(after)
    if (now === undefined) return [`${place} was one of ${allowed.join(', ')} and is any ${typeOf(after)}`]
    return now.filter(value => !allowed.includes(value)).map(value => `${place} may be ${value} now`)
  }
  if (before.type === 'array') return breaksBetween(before.items ?? {}, after.items ?? {}, `${at}[]`)
  return before.type === 'object' ? breaksInObject(before, after, at) : []
}

function breaksInObject(before: JsonSchema, after: JsonSchema, at: string): readonly string[] {
  const inside = (name: string) => (at === '' ? name : `${at}.${name}`)
  const fields = Object.entries(before.properties ?? {}).flatMap(([name, schema]) => {
    const now = after.properties?.[name]
    const wasThere = before.required?.includes(name) ?? false
    if (now === undefined) return wasThere ? [`${inside(name)} is gone`] : []
    const lost = wasThere && !after.required?.includes(name) ? [`${inside(name)} may be missing now`] : []
    return [...lost, ...breaksBetween(schema, now, inside(name))]
  })
  if (before.additionalProperties === undefined) return fields
  return [...fields, ...breaksBetween(before.additionalProperties, after.additionalProperties ?? {}, inside(MAP))]
}

const versionIn = (file: string): { readonly event: string; readonly version: number } => {
  const [, event = '', version = ''] = /^(.+)\.v(\d+)\.json$/.exec(file) ?? []
  return { event, version: Number(version) }
}

/** Whether a schema is kept for readers of old messages: a later version of its event is published by now. */
export const isSuperseded = (file: string, published: Iterable<string>): boolean => {
  const { event, version } = versionIn(file)
  return [...published].some(each => versionIn(each).event === event && versionIn(each).version > version)
}

/**
 * Holds what is published now against the contracts in `folder`: a sentence per contract that it breaks or no longer keeps. A change
 * that breaks one needs the event's next version.
 */
export function brokenContracts(folder: string, published: ReadonlyMap<string, JsonSchema>): readonly string[] {
  const promised = existsSync(folder) ? readdirSync(folder).filter(name => name.endsWith('.json')) : []
  return promised.flatMap(file => {
    const now = published.get(file)
    if (now === undefined)
      return isSuperseded(file, published.keys())
        ? []
        : [`${file}: it was published and is not any more; whoever listens waits for ever`]
    const before = JSON.parse(readFileSync(join(folder, file), 'utf8')) as JsonSchema
    const breaks = breaksBetween(before, now)
    return breaks.length === 0
      ? []
      : [`${file}: ${breaks.join('; ')}. Publish version ${versionIn(file).version + 1} and keep this file.`]
  })
}
