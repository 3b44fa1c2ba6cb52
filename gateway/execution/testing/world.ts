import { buildSubgraphSchema } from '@apollo/subgraph'
import { composeSubgraphs } from '@mercato/schema/compose'
import {
  execute,
  GraphQLError,
  type GraphQLFieldResolver,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isEnumType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  parse,
} from 'graphql'
import type { SubgraphFetcher, SubgraphResult } from '../../supergraph.ts'

/** What there is too little or too much of in a world. */
export interface Weather {
  /** One in so many values is null; 0 is never. */
  readonly nulls: number
  /** One in so many fields fails. */
  readonly failures: number
  /** Subgraphs that answer nothing. */
  readonly down: readonly string[]
  /** Leaves everything else as it is and changes all values. */
  readonly seed: number
}

export const CALM: Weather = { nulls: 0, failures: 0, down: [], seed: 0 }

/** Subgraphs that answer anything their schemas allow: what they say depends on nothing but the object and the field asked for. */
export interface World {
  readonly supergraph: string
  fetcher(weather: Weather, sent?: Sent[]): SubgraphFetcher
}

export interface Sent {
  readonly subgraph: string
  readonly query: string
  readonly variables: Readonly<Record<string, unknown>>
}

type Thing = Record<string, unknown> & { readonly $n: number }

const hash = (text: string): number => {
  let h = 2166136261
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 16777619) >>> 0
  h ^= h >>> 15
  h = Math.imul(h, 2246822519) >>> 0
  return (h ^ (h >>> 13)) >>> 0
}

const numberIn = (value: unknown): number | undefined => {
  if (typeof value === 'string' && /-\d+$/.test(value)) return Number(value.slice(value.lastIndexOf('-') + 1))
  if (typeof value === 'number') return value
  if (typeof value === 'object' && value !== null)
    for (const inner of Object.values(value)) {
      const found = numberIn(inner)
      if (found !== undefined) return found
    }
  return undefined
}

const THINGS = 5
const KEY = /^(id|upc|sku|isbn|org|code|number)$/

/** Types of which each thing is only one, in all subgraphs: the implementations of interfaces that are entities. */
type Families = ReadonlyMap<string, { readonly index: number; readonly count: number }>

const familiesOf = (schemas: readonly GraphQLSchema[]): Families => {
  const families = new Map<string, { index: number; count: number }>()
  for (const schema of schemas)
    for (const type of Object.values(schema.getTypeMap()))
      if (isInterfaceType(type) && type.astNode?.directives?.some(({ name }) => name.value === 'key')) {
        const names = schema.getPossibleTypes(type).map(({ name }) => name)
        names.sort().forEach((name, index) => {
          families.set(name, { index, count: names.length })
        })
      }
  return families
}

const resolverFor = (families: Families, weather: () => Weather): GraphQLFieldResolver<unknown, unknown> => {
  const value = (type: GraphQLOutputType, key: string, n: number, field: string): unknown => {
    const { nulls } = weather()
    if (isNonNullType(type)) return value(type.ofType, `!${key}`, n, field)
    const h = hash(key)
    // A schema says non-null and means it, mostly.
    const rare = key.startsWith('!') ? 8 : 1
    if (nulls > 0 && h % (nulls * rare) === 1 && field !== 'id') return null
    if (isListType(type))
      return Array.from({ length: h % 4 }, (_, index) =>
        value(type.ofType, `${key}/${index}`, hash(`${key}/${index}`), field),
      )
    const named = getNamedType(type)
    const family = families.get(named.name)
    if (family) return { $n: family.index + family.count * (h % 2) }
    if (isObjectType(named) || isAbstractType(named)) return { $n: h % THINGS }
    if (isEnumType(named)) return named.getValues()[h % named.getValues().length]?.value
    switch (named.name) {
      case 'Int':
        return h % 1_000
      case 'Float':
        return (h % 1_000) / 8
      case 'Boolean':
        return h % 2 === 0
      case 'DateTime':
        return new Date(h * 1_000).toISOString()
      default:
        return `${field}-${n}`
    }
  }
  return (source, args, _context, info) => {
    const { seed, failures } = weather()
    const { fieldName, returnType, parentType } = info
    const thing: Thing = typeof source === 'object' && source !== null && '$n' in source ? (source as Thing) : { $n: 0 }
    if (fieldName in thing) return thing[fieldName]
    const node = parentType.getFields()[fieldName]?.astNode
    const depends = node?.directives?.some(({ name }) => name.value === 'requires')
    const own = depends ? JSON.stringify(Object.entries(thing).sort()) : ''
    const entity = parentType.astNode?.directives?.some(({ name }) => name.value === 'key') ?? false
    const isKey = entity && KEY.test(fieldName)
    const key = isKey ? `${fieldName}#${thing.$n}` : `${seed}|${fieldName}|${thing.$n}|${JSON.stringify(args)}|${own}`
    if (!isKey && failures > 0 && hash(`fails ${key}`) % failures === 1)
      throw new GraphQLError(`no ${key}`, { extensions: { code: hash(key) % 2 ? 'CONFLICT' : 'OTHER' } })
    if (isKey && isObjectType(getNamedType(returnType))) return { $n: thing.$n }
    if (isKey) return `${fieldName}-${thing.$n}`
    return value(returnType, key, thing.$n, fieldName)
  }
}

type Resolvers = NonNullable<
  Extract<Extract<Parameters<typeof buildSubgraphSchema>[0], unknown[]>[number], { typeDefs: unknown }>['resolvers']
>

const openSubgraph = (sdl: string, weather: () => Weather): GraphQLSchema => {
  const plain = buildSubgraphSchema(parse(sdl))
  const types = Object.values(plain.getTypeMap()).filter(type => !type.name.startsWith('_'))
  const nameOf = (type: (typeof types)[number], { $n }: Thing): string | undefined => {
    if (!isAbstractType(type)) return undefined
    const all = [...plain.getPossibleTypes(type)].filter(({ name }) => !name.startsWith('_'))
    const names = all.map(({ name }) => name).sort()
    return names[$n % names.length]
  }
  const reference = (given: Readonly<Record<string, unknown>>): Thing | null => {
    const { nulls, seed } = weather()
    const $n = numberIn(Object.fromEntries(Object.entries(given).filter(([name]) => KEY.test(name))))
    // The planner sometimes sends what an object is made of without saying which object it is.
    if ($n === undefined) return null
    if (nulls > 0 && hash(`gone ${seed} ${$n}`) % (nulls * 2) === 1) return null
    return { ...given, $n }
  }
  const resolvers: Record<string, Record<string, unknown>> = {}
  for (const type of types) {
    const typed = { __resolveType: (thing: Thing) => nameOf(type, thing) }
    if (isObjectType(type)) resolvers[type.name] = { __resolveReference: reference }
    else if (isInterfaceType(type)) resolvers[type.name] = { ...typed, __resolveReference: reference }
    else if (isAbstractType(type)) resolvers[type.name] = typed
  }
  return buildSubgraphSchema([{ typeDefs: parse(sdl), resolvers: resolvers as Resolvers }])
}

/** Composes subgraphs and gives each a schema that answers by itself. */
export const createWorld = (sources: Readonly<Record<string, string>>): World => {
  const composed = composeSubgraphs(
    Object.entries(sources).map(([name, sdl]) => ({ name, url: `http://${name}`, sdl })),
  )
  if (composed.outcome === 'refused') throw new Error(composed.problems.join('\n'))
  let weather = CALM
  const opened = Object.entries(sources).map(([name, sdl]) => [name, openSubgraph(sdl, () => weather)] as const)
  const families = familiesOf(opened.map(([, schema]) => schema))
  const resolver = resolverFor(families, () => weather)
  const schemas: Readonly<Record<string, GraphQLSchema>> = Object.fromEntries(opened)
  return {
    supergraph: composed.supergraph,
    fetcher:
      (its, sent = []) =>
      async (subgraph, request) => {
        const { query, variables } = JSON.parse(request.body) as Sent
        sent.push({ subgraph, query, variables })
        if (its.down.includes(subgraph))
          return {
            data: null,
            errors: [{ message: `${subgraph} is down`, extensions: { code: 'SERVICE_UNAVAILABLE', retryable: true } }],
          }
        const schema = schemas[subgraph]
        if (!schema) throw new Error(`no ${subgraph}`)
        weather = its
        const result = await execute({
          schema,
          document: parse(query),
          variableValues: variables,
          fieldResolver: resolver,
          rootValue: { $n: 0 },
        })
        return JSON.parse(JSON.stringify(result)) as SubgraphResult
      },
  }
}
