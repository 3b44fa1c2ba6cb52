import type { QueryPlanSelectionNode } from '@apollo/query-planner'
import { type Data, isData, mergeData, NOTHING_VAGUE, readOwn, write } from './data.ts'
import type { IsOfType, Rewrite } from './rewrites.ts'

/** The JSON text by which a subgraph is asked for an entity; undefined when the entity is not for it, or lacks what it requires. */
export type Represent = (entity: Data) => string | undefined

interface Need {
  readonly name: string
  /** `"name":` */
  readonly label: string
  readonly inner: Requirement | undefined
}

/** What one fragment of a `requires` needs. Only fragments may be left out. */
interface Part {
  readonly needs: readonly Need[]
  readonly optional: boolean
}

/** What a `requires` means for objects of one type. */
interface Variant {
  readonly parts: readonly Part[]
  /** Two parts name the same field: their values have to be merged. */
  readonly overlaps: boolean
}

type Requirement = (typename: unknown) => Variant

const compileRequirement = (selections: readonly QueryPlanSelectionNode[], isOfType: IsOfType): Requirement => {
  const partsFor = (
    nodes: readonly QueryPlanSelectionNode[],
    typename: string | undefined,
    optional: boolean,
  ): Part[] => {
    const needs: Need[] = []
    const nested: Part[] = []
    for (const node of nodes)
      if (node.kind === 'Field') {
        const name = node.alias ?? node.name
        const inner = node.selections && node.selections.length > 0 ? node.selections : undefined
        needs.push({
          name,
          label: `${JSON.stringify(name)}:`,
          inner: inner && compileRequirement(inner, isOfType),
        })
      } else if (node.typeCondition !== undefined && typename !== undefined && isOfType(node.typeCondition, typename))
        nested.push(...partsFor(node.selections, typename, true))
    return needs.length > 0 ? [{ needs, optional }, ...nested] : nested
  }
  const variants = new Map<string | undefined, Variant>()
  return typename => {
    const key = typeof typename === 'string' ? typename : undefined
    const known = variants.get(key)
    if (known) return known
    const parts = partsFor(selections, key, false)
    const names = parts.flatMap(({ needs }) => needs.map(({ name }) => name))
    const variant = { parts, overlaps: new Set(names).size < names.length }
    // A subgraph may answer any name: only so many are remembered.
    if (variants.size < 1_000) variants.set(key, variant)
    return variant
  }
}

const leafText = (value: unknown): string =>
  typeof value === 'number' || value === null || typeof value === 'boolean' ? `${value}` : JSON.stringify(value)

const valueText = (value: unknown, inner: Requirement | undefined): string => {
  if (!inner) return leafText(value)
  if (Array.isArray(value)) return `[${value.map(item => valueText(item, inner)).join(',')}]`
  return (isData(value) ? objectText(value, inner) : undefined) ?? 'null'
}

const partText = (source: Data, needs: readonly Need[]): string | undefined => {
  let text = ''
  for (const { name, label, inner } of needs) {
    const value = readOwn(source, name)
    if (value === undefined) return undefined
    const comma = text === '' ? '' : ','
    text += comma + label + (inner === undefined ? leafText(value) : valueText(value, inner))
  }
  return text
}

const objectText = (source: Data, requirement: Requirement): string | undefined => {
  const { parts, overlaps } = requirement(source['__typename'])
  if (overlaps) {
    const value = objectValue(source, requirement)
    return value && JSON.stringify(value)
  }
  let text = ''
  for (const { needs, optional } of parts) {
    const part = partText(source, needs)
    if (part !== undefined) text += text === '' ? part : `,${part}`
    else if (!optional) return undefined
  }
  return `{${text}}`
}

const innerValue = (value: unknown, inner: Requirement | undefined): unknown => {
  if (!inner) return value
  if (Array.isArray(value)) return value.map(item => innerValue(item, inner))
  return (isData(value) && objectValue(value, inner)) || null
}

const objectValue = (source: Data, requirement: Requirement): Data | undefined => {
  const out: Data = {}
  for (const { needs, optional } of requirement(source['__typename']).parts) {
    const part: Data = {}
    const complete = needs.every(({ name, inner }) => {
      const value = readOwn(source, name)
      if (value === undefined) return false
      write(part, name, innerValue(value, inner))
      return true
    })
    if (complete) mergeData(out, part, NOTHING_VAGUE)
    else if (!optional) return undefined
  }
  return out
}

const NAMED = '"__typename":"'

/**
 * Compiles what a fetch requires of an entity. Text instead of objects: it is what is sent, and equal texts are equal entities.
 * `rewrite` is applied to the representation before it becomes text.
 */
export const compileRepresentation = (
  requires: readonly QueryPlanSelectionNode[],
  isOfType: IsOfType,
  rewrite: Rewrite | undefined,
): Represent => {
  const requirement = compileRequirement(requires, isOfType)
  if (rewrite)
    return entity => {
      const value = objectValue(entity, requirement)
      if (!value?.['__typename']) return undefined
      // What is rewritten must not be what the client sees.
      const own: unknown = structuredClone(value)
      rewrite(own)
      return JSON.stringify(own)
    }
  return entity => {
    if (typeof entity['__typename'] !== 'string') return undefined
    const text = objectText(entity, requirement)
    return text?.includes(NAMED) ? text : undefined
  }
}
