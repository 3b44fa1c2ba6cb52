import { buildSubgraphSchema } from '@apollo/subgraph'
import {
  execute,
  type GraphQLFieldResolver,
  type GraphQLOutputType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  getNamedType,
  isListType,
  isNonNullType,
  parse,
} from 'graphql'
import type { OperationParts, Result, SubgraphFetcher, SubgraphResult } from '../../supergraph.ts'
import type { RandomGraph } from './random-graph.ts'
import type { Field } from './random-shape.ts'

/** One thing: its own type and its number, and what a representation says of it. */
interface Thing {
  readonly $type: string
  readonly $n: number
  readonly $given?: Readonly<Record<string, unknown>>
}

const THINGS = 6

const hash = (text: string): number => {
  let h = 2166136261
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 16777619) >>> 0
  h = Math.imul(h ^ (h >>> 15), 2246822519) >>> 0
  return (h ^ (h >>> 13)) >>> 0
}

const isThing = (value: unknown): value is Thing => typeof value === 'object' && value !== null && '$type' in value

const keyOf = ({ $type, $n }: Thing, field: string): unknown => {
  if (field === 'id') return `${$type}-${$n}`
  if (field === 'code') return `${$type}c-${$n}`
  return field === 'home' ? { town: `${$type}h-${$n}`, no: $n } : undefined
}

/** Whoever gets a representation knows the thing by any of its keys. */
const thingOf = (given: Readonly<Record<string, unknown>>): Thing | null => {
  const home = given['home'] as { readonly town?: unknown } | null | undefined
  const key = /^(E\d)[ch]?-(\d+)$/.exec(String(given['id'] ?? given['code'] ?? home?.town))
  return key ? { $type: key[1] ?? '', $n: Number(key[2]), $given: given } : null
}

/** The data of a random graph: what a field holds depends on the object, the field and its arguments, and on nothing else. */
const createData = ({ fields, members }: RandomGraph) => {
  const make = (type: GraphQLOutputType, key: string): unknown => {
    if (isNonNullType(type)) return make(type.ofType, `!${key}`)
    const h = hash(key)
    if (!key.startsWith('!') && h % 7 === 1) return null
    if (isListType(type)) return Array.from({ length: h % 4 }, (_, i) => make(type.ofType, `${key}/${i}`))
    const { name } = getNamedType(type)
    const n = h % 1_000
    if (name === 'Size') return { w: n, h: h % 3 ? n + 1 : null, unit: h % 2 ? `u${n}` : null }
    if (name === 'Colour') return ['RED', 'GREEN', 'BLUE'][h % 3]
    if (name === 'Int') return n
    if (name === 'Float') return n / 8
    if (name === 'Boolean') return n % 2 === 0
    if (name === 'String') return `v${n}`
    const types = members[name] ?? [name]
    return { $type: types[h % types.length] ?? name, $n: (h >>> 8) % THINGS }
  }
  const definition = (type: string, name: string): Field | undefined =>
    fields.get(type)?.get(name) ?? fields.get('Node')?.get(name)
  return { make, definition }
}

const chosen = (value: unknown, of: readonly string[]): unknown => {
  if (of.length === 0 || typeof value !== 'object' || value === null) return value
  return Object.fromEntries(of.map(name => [name, (value as Record<string, unknown>)[name] ?? null]))
}

/** One schema that answers everything by itself, and the subgraphs, which have to be asked together: both say the same of the same things. */
export const createMonolith = (graph: RandomGraph, schema: GraphQLSchema, whole: GraphQLSchema) => {
  const { make, definition } = createData(graph)
  const typeIn = (type: string, name: string): GraphQLOutputType => {
    for (const owner of [type, 'Node']) {
      const found = whole.getType(owner)
      const field = found && 'getFields' in found ? found.getFields()[name] : undefined
      if (field) return field.type as GraphQLOutputType
    }
    throw new Error(`no ${type}.${name}`)
  }
  const truth = (thing: Thing, name: string, args: Readonly<Record<string, unknown>>, made: unknown): unknown => {
    const key = keyOf(thing, name)
    if (key !== undefined) return key
    return make(
      typeIn(thing.$type, name),
      `${name}|${thing.$n}|${thing.$type}|${JSON.stringify(args)}|${JSON.stringify(made)}`,
    )
  }
  /** What a field is made of, from the truth. */
  const derived = (thing: Thing, name: string): unknown => {
    const requires = definition(thing.$type, name)?.requires ?? []
    return requires.map(needed => chosen(truth(thing, needed.name, {}, derived(thing, needed.name)), needed.of))
  }
  /** What a field is made of, from what a subgraph was told. */
  const told = ({ $given = {} }: Thing, field: Field): unknown =>
    field.requires.map(({ name, of }) => {
      if (!(name in $given)) throw new Error(`${name} was not given for ${field.name}`)
      return chosen($given[name], of)
    })
  const resolver =
    (subgraph: string | undefined): GraphQLFieldResolver<unknown, unknown> =>
    (source, args, _, info: GraphQLResolveInfo) => {
      const { fieldName: name } = info
      if (source !== undefined && !isThing(source)) return (source as Record<string, unknown>)[name]
      const thing: Thing = isThing(source) ? source : { $type: 'Query', $n: 0 }
      if (subgraph === undefined) return truth(thing, name, args, derived(thing, name))
      const field = definition(thing.$type, name)
      return truth(thing, name, args, field && field.requires.length > 0 ? told(thing, field) : derived(thing, name))
    }
  const typeOf = (value: unknown): string | undefined => (isThing(value) ? value.$type : undefined)

  const opened = Object.entries(graph.sources).map(([name, sdl]) => {
    const reference = { __resolveReference: thingOf }
    const types = [...graph.fields.keys()].filter(type => type !== 'Query')
    const resolvers: Record<string, unknown> = {
      Node: { ...reference, ...(!/type Node/.test(sdl) && { __resolveType: typeOf }) },
    }
    for (const type of types)
      if (type !== 'Node' && new RegExp(`^type ${type} `, 'm').test(sdl)) resolvers[type] = reference
    if (/^union Any/m.test(sdl)) resolvers['Any'] = { __resolveType: typeOf }
    return [name, buildSubgraphSchema([{ typeDefs: parse(sdl), resolvers: resolvers as never }])] as const
  })
  const subgraphs: Readonly<Record<string, GraphQLSchema>> = Object.fromEntries(opened)

  const fetcher: SubgraphFetcher = async (name, request) => {
    const { query, variables } = JSON.parse(request.body) as { query: string; variables: Record<string, unknown> }
    const subgraph = subgraphs[name]
    if (!subgraph) throw new Error(`no ${name}`)
    const result = await execute({
      schema: subgraph,
      document: parse(query),
      variableValues: variables,
      fieldResolver: resolver(name),
      typeResolver: typeOf,
    })
    return JSON.parse(JSON.stringify(result)) as SubgraphResult
  }
  const answer = async (parts: OperationParts, variables: Readonly<Record<string, unknown>>): Promise<Result> =>
    execute({
      schema,
      document: parts.document,
      variableValues: variables,
      fieldResolver: resolver(undefined),
      typeResolver: typeOf,
    }) as Promise<Result>
  return { fetcher, answer }
}
