import { type Pick, pickFrom } from './random-operation.ts'

/** A field of the whole graph, and who answers it. */
export interface Field {
  readonly name: string
  /** As written in SDL: `[[E1!]!]`. */
  readonly type: string
  readonly subgraphs: readonly string[]
  /** What its value is made of: fields of the same object, with what is selected of each. */
  readonly requires: readonly { readonly name: string; readonly of: readonly string[] }[]
  readonly argument: boolean
  readonly hidden: boolean
  /** The subgraph that still has it although another took it over. */
  readonly left: string | undefined
}

/** Subgraphs that compose, most of the time, and what they say of the same data. */
export interface RandomGraph {
  readonly sources: Readonly<Record<string, string>>
  /** By type, then by name. Fields of interface objects are among those of their interface. */
  readonly fields: ReadonlyMap<string, ReadonlyMap<string, Field>>
  /** The object types behind each abstract type, as far as a subgraph that has it knows them. */
  readonly members: Readonly<Record<string, readonly string[]>>
}

const LINK =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable", "@external", "@requires", "@provides", "@override", "@interfaceObject", "@inaccessible"])'

/** Keys that an entity may have, by the selection; every entity has all three fields. */
const KEYS = ['id', 'code', 'home { town no }', 'id code'] as const
const KEY_FIELDS: Readonly<Record<string, string>> = { id: 'ID!', code: 'String!', home: 'Home!' }
const LEAVES = [
  'Int',
  'Int!',
  'String',
  'String!',
  'Float',
  'Boolean',
  '[Int!]',
  '[[String]]',
  'Colour',
  'Size',
  'Size!',
]
const SIZE = ['w', 'h', 'unit'] as const

const some = <Item>(all: readonly Item[], pick: Pick, least = 1): Item[] => {
  const left = [...all]
  const count = least + pick(left.length - least + 1)
  return Array.from({ length: count }, () => left.splice(pick(left.length), 1)[0]).filter(item => item !== undefined)
}
const one = <Item>(all: readonly Item[], pick: Pick): Item => {
  const found = all[pick(all.length)]
  if (found === undefined) throw new Error('nothing to choose from')
  return found
}

/** Lists around a type, nulls allowed or not. */
const wrapped = (type: string, pick: Pick): string =>
  one([type, type, `[${type}]`, `[${type}!]!`, `[${type}!]`, `[[${type}]!]`], pick)

/**
 * Splits a graph of entities at random over two to four subgraphs: several keys, compound and nested ones, keys that resolve nothing, value
 * types, shared fields, fields made of others' fields, provided and taken-over ones, an interface, an interface object, a union.
 */
export const randomGraph = (seed: number): RandomGraph => {
  const pick = pickFrom(seed)
  const names = ['s0', 's1', 's2', 's3'].slice(0, 2 + pick(3))
  const entities = ['E0', 'E1', 'E2', 'E3'].slice(0, 2 + pick(3))
  const fields = new Map<string, Map<string, Field>>()
  const homes = new Map<string, Map<string, string[]>>()
  const plain = { requires: [], argument: false, hidden: false, left: undefined }
  const nodes = entities.slice(0, 2)
  const members: Record<string, readonly string[]> = { Node: nodes, Any: entities.slice(-2) }
  const objectHost = pick(2) === 0 ? one(names, pick) : undefined
  const nodeHosts = names.filter(name => name !== objectHost)

  for (const entity of entities) {
    // Whoever lives in all places resolves all keys, so that there is a way from each to each.
    const its = new Map<string, string[]>()
    const isNode = nodes.includes(entity)
    const where = isNode ? nodeHosts : some(names, pick)
    const bridge = one(where, pick)
    for (const subgraph of where) {
      const keys = subgraph === bridge ? KEYS : some(KEYS, pick).slice(0, 2)
      its.set(subgraph, [...new Set([...(isNode ? ['id'] : []), ...keys])])
    }
    homes.set(entity, its)
    fields.set(entity, new Map())
  }

  const targets = [...entities, 'Node', 'Any']
  const knows = (subgraph: string, target: string): boolean =>
    target === 'Node' ? true : (members[target] ?? [target]).every(name => homes.get(name)?.has(subgraph) === true)
  const addFields = (owner: string, where: readonly string[], count: number): void => {
    const its = fields.get(owner) ?? new Map<string, Field>()
    fields.set(owner, its)
    for (let i = 0; i < count; i++) {
      const subgraph = one(where, pick)
      const reachable = targets.filter(target => knows(subgraph, target))
      const composite = pick(3) === 0 && reachable.length > 0
      const type = composite ? wrapped(one(reachable, pick), pick) : one(LEAVES, pick)
      const shared = !composite && where.length > 1 && pick(5) === 0
      const others = where.filter(other => other !== subgraph)
      const taken = !composite && !shared && others.length > 0 && pick(8) === 0
      its.set(`${owner.toLowerCase()}f${i}`, {
        ...plain,
        name: `${owner.toLowerCase()}f${i}`,
        type,
        subgraphs: shared ? some(where, pick, 2) : [subgraph],
        argument: !shared && !taken && pick(5) === 0,
        hidden: !composite && pick(12) === 0,
        left: taken ? one(others, pick) : undefined,
      })
    }
  }
  for (const entity of entities) addFields(entity, [...(homes.get(entity)?.keys() ?? [])], 3 + pick(4))
  if (objectHost) addFields('Node', [objectHost], 2)

  // Fields made of fields of other subgraphs, which may be made of others again.
  for (const entity of entities) {
    const its = fields.get(entity)
    const where = [...(homes.get(entity)?.keys() ?? [])]
    if (!its || where.length < 2) continue
    for (let i = 0; i < 1 + pick(2); i++) {
      const subgraph = one(where, pick)
      const usable = [...its.values()].filter(
        ({ subgraphs, argument, left, type }) =>
          !subgraphs.includes(subgraph) && left === undefined && !argument && !/E\d|Node|Any/.test(type),
      )
      if (usable.length === 0) continue
      const requires = some(usable, pick).slice(0, 2)
      const name = `${entity.toLowerCase()}r${i}`
      its.set(name, {
        ...plain,
        name,
        type: one(['String', 'Int!', 'Int'], pick),
        subgraphs: [subgraph],
        requires: requires.map(field => ({
          name: field.name,
          of: field.type.startsWith('Size') ? some(SIZE, pick) : [],
        })),
      })
    }
  }

  const query = new Map<string, Field>()
  names.forEach((subgraph, index) => {
    for (const target of targets)
      if (knows(subgraph, target) && (pick(2) === 0 || target === 'Node')) {
        const name = `q${index}${target}`
        query.set(name, { ...plain, name, type: wrapped(target, pick), subgraphs: [subgraph], argument: pick(2) === 0 })
      }
  })
  fields.set('Query', query)

  const fieldText = (field: Field, subgraph: string, provided: string): string => {
    const { name, type, requires, argument, hidden, left, subgraphs } = field
    const of = requires.map(({ name: needed, of: inner }) =>
      inner.length > 0 ? `${needed} { ${inner.join(' ')} }` : needed,
    )
    return [
      `${name}${argument ? '(n: Int)' : ''}: ${type}`,
      ...(of.length > 0 ? [`@requires(fields: "${of.join(' ')}")`] : []),
      ...(subgraphs.length > 1 ? ['@shareable'] : []),
      ...(left !== undefined && left !== subgraph ? [`@override(from: "${left}")`] : []),
      ...(hidden ? ['@inaccessible'] : []),
      ...(provided ? [`@provides(fields: "${provided}")`] : []),
    ].join(' ')
  }
  const sources: Record<string, string> = {}
  for (const subgraph of names) {
    const types: string[] = []
    const externals = new Map<string, Set<string>>()
    const provide = ({ type }: Field): string => {
      const target = /^E\d$/.test(type) ? type : undefined
      const its = target && fields.get(target)
      if (!target || !its || !homes.get(target)?.has(subgraph) || pick(3) > 0) return ''
      const leaf = [...its.values()].find(
        field =>
          !field.subgraphs.includes(subgraph) &&
          field.left === undefined &&
          field.requires.length === 0 &&
          !field.argument &&
          /^(Int|String|Float|Boolean|Colour)!?$/.test(field.type),
      )
      if (!leaf) return ''
      externals.set(target, (externals.get(target) ?? new Set()).add(leaf.name))
      return leaf.name
    }
    const body = (owner: string): string[] =>
      [...(fields.get(owner)?.values() ?? [])]
        .filter(({ subgraphs, left }) => subgraphs.includes(subgraph) || left === subgraph)
        .map(field => fieldText(field, subgraph, owner === 'Query' ? provide(field) : ''))
    const queries = body('Query')
    for (const entity of entities) {
      const keys = homes.get(entity)?.get(subgraph)
      const its = fields.get(entity)
      if (!keys || !its) continue
      const own = body(entity)
      const needed = externals.get(entity) ?? new Set<string>()
      for (const { subgraphs, requires } of its.values())
        if (subgraphs.includes(subgraph)) for (const { name } of requires) needed.add(name)
      const external = [...needed].flatMap(name => {
        const field = its.get(name)
        return field ? [`${name}: ${field.type} @external`] : []
      })
      const resolvable = own.length > 0 || nodes.includes(entity) || pick(3) > 0
      const texts = keys.map(key => `@key(fields: "${key}"${resolvable ? '' : ', resolvable: false'})`)
      const used = new Set(keys.join(' ').match(/id|code|home/g))
      const keyed = Object.entries(KEY_FIELDS).flatMap(([name, type]) =>
        used.has(name) || (name === 'id' && nodes.includes(entity)) ? [`${name}: ${type} @shareable`] : [],
      )
      const wider = nodes.includes(entity) ? ' implements Node' : ''
      types.push(`type ${entity}${wider} ${texts.join(' ')} { ${[...keyed, ...own, ...external].join(' ')} }`)
    }
    if (subgraph === objectHost)
      types.push(`type Node @interfaceObject @key(fields: "id") { id: ID! ${body('Node').join(' ')} }`)
    else types.push('interface Node @key(fields: "id") { id: ID! }')
    if (knows(subgraph, 'Any')) types.push(`union Any = ${members['Any']?.join(' | ')}`)
    sources[subgraph] = [
      LINK,
      `type Query { ${queries.length > 0 ? queries.join(' ') : `idle${subgraph}: Int`} }`,
      'type Size @shareable { w: Int! h: Int unit: String }',
      'type Home @shareable { town: String! no: Int! }',
      'enum Colour { RED GREEN BLUE }',
      ...types,
    ].join('\n')
  }
  return { sources, fields, members }
}
