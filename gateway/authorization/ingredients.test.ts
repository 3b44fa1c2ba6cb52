import { ROUTER_SUPPORTED_SUPERGRAPH_FEATURES, Supergraph } from '@apollo/federation-internals'
import { composeSubgraphs } from '@mercato/schema/compose'
import { describe, expect, it } from 'vitest'
import { readIngredients } from './ingredients.ts'

const LINK =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable", "@external", "@requires"])'
const open = (sources: Readonly<Record<string, string>>) => {
  const composed = composeSubgraphs(
    Object.entries(sources).map(([name, sdl]) => ({ name, url: `http://${name}`, sdl: `${LINK}\n${sdl}` })),
  )
  if (composed.outcome === 'refused') throw new Error(composed.problems.join('\n'))
  const { schema } = Supergraph.build(composed.supergraph, { supportedFeatures: ROUTER_SUPPORTED_SUPERGRAPH_FEATURES })
  const of = readIngredients(schema)
  return (type: string, field: string) => [...of(type, field)].filter(each => each.includes('.')).sort()
}

describe('what a field is made of', () => {
  it('is nothing but itself without @requires', () => {
    const of = open({ a: 'type Query { p: P } type P @key(fields: "id") { id: ID! name: String }' })
    expect(of('P', 'name')).toEqual([])
    expect(of('Query', 'p')).toEqual([])
  })

  it('is what it names, within objects, lists and fragments too', () => {
    const of = open({
      a: 'type Query { p: P } type P @key(fields: "id") { id: ID! parts: [Part!]! } interface Part { name: String } type Screw implements Part @shareable { name: String length: Int }',
      b: 'type P @key(fields: "id") { id: ID! parts: [Part!]! @external bill: String @requires(fields: "parts { name ... on Screw { length } }") } interface Part { name: String } type Screw implements Part @shareable { name: String length: Int }',
    })
    expect(of('P', 'bill')).toEqual(['P.parts', 'Part.name', 'Screw.length'])
  })

  it('is also what that is made of, in a circle too, from wherever one looks first', () => {
    const of = open({
      a: 'type Query { p: P } type P @key(fields: "id") { id: ID! one: Int two: Int @external three: Int @requires(fields: "two") }',
      b: 'type P @key(fields: "id") { id: ID! one: Int @external three: Int @external two: Int @requires(fields: "one") four: Int @requires(fields: "three one") }',
    })
    expect(of('P', 'two')).toEqual(['P.one'])
    expect(of('P', 'three')).toEqual(['P.one', 'P.two'])
    expect(of('P', 'four')).toEqual(['P.one', 'P.three', 'P.two'])
    expect(of('P', 'three')).toEqual(['P.one', 'P.two'])
  })
})
