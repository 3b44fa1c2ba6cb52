import { pickFrom } from './random-operation.ts'
import { chooseFields, chooseShape, type Field } from './random-shape.ts'
import { writeSources } from './random-sources.ts'

/** Subgraphs that compose, most of the time, and what they say of the same data. */
export interface RandomGraph {
  readonly sources: Readonly<Record<string, string>>
  /** By type, then by name. Fields of interface objects are among those of their interface. */
  readonly fields: ReadonlyMap<string, ReadonlyMap<string, Field>>
  /** The object types behind each abstract type, as far as a subgraph that has it knows them. */
  readonly members: Readonly<Record<string, readonly string[]>>
}

/**
 * Splits a graph of entities at random over two to four subgraphs: several keys, compound and nested ones, keys that resolve nothing, value
 * types, shared fields, fields made of others' fields, provided and taken-over ones, an interface, an interface object, a union.
 */
export const randomGraph = (seed: number): RandomGraph => {
  const pick = pickFrom(seed)
  const shape = chooseShape(pick)
  const fields = chooseFields(shape, pick)
  return { sources: writeSources(shape, fields, pick), fields, members: shape.members }
}
