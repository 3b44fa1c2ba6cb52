import { one, some } from './random-choice.ts'
import type { Pick } from './random-operation.ts'

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

/** Which types there are, and which subgraphs know them. */
export interface Shape {
  readonly names: readonly string[]
  readonly entities: readonly string[]
  /** The entities behind the interface `Node`. */
  readonly nodes: readonly string[]
  /** The object types behind each abstract type, as far as a subgraph that has it knows them. */
  readonly members: Readonly<Record<string, readonly string[]>>
  /** Where `Node` is an interface object. */
  readonly objectHost: string | undefined
  /** By entity, then by subgraph: the keys by which it is known there. */
  readonly homes: ReadonlyMap<string, ReadonlyMap<string, readonly string[]>>
  /** What a field may return besides leaves. */
  readonly targets: readonly string[]
  knows(subgraph: string, target: string): boolean
}

/** By type, then by name. */
export type Fields = Map<string, Map<string, Field>>

/** Keys that an entity may have, by the selection; every entity has all three fields. */
const KEYS = ['id', 'code', 'home { town no }', 'id code'] as const
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

/** Lists around a type, nulls allowed or not. */
const wrapped = (type: string, pick: Pick): string =>
  one([type, type, `[${type}]`, `[${type}!]!`, `[${type}!]`, `[[${type}]!]`], pick)

/** Two to four subgraphs, two to four entities, and where each of them lives. */
export const chooseShape = (pick: Pick): Shape => {
  const names = ['s0', 's1', 's2', 's3'].slice(0, 2 + pick(3))
  const entities = ['E0', 'E1', 'E2', 'E3'].slice(0, 2 + pick(3))
  const homes = new Map<string, Map<string, string[]>>()
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
  }
  const knows = (subgraph: string, target: string): boolean =>
    target === 'Node' ? true : (members[target] ?? [target]).every(name => homes.get(name)?.has(subgraph) === true)
  return { names, entities, nodes, members, objectHost, homes, targets: [...entities, 'Node', 'Any'], knows }
}

const PLAIN = { requires: [], argument: false, hidden: false, left: undefined }

/** Fields that say something by themselves. */
const ownFields = ({ targets, knows }: Shape, owner: string, where: readonly string[], count: number, pick: Pick) => {
  const its = new Map<string, Field>()
  for (let i = 0; i < count; i++) {
    const subgraph = one(where, pick)
    const reachable = targets.filter(target => knows(subgraph, target))
    const composite = pick(3) === 0 && reachable.length > 0
    const type = composite ? wrapped(one(reachable, pick), pick) : one(LEAVES, pick)
    const shared = !composite && where.length > 1 && pick(5) === 0
    const others = where.filter(other => other !== subgraph)
    const taken = !composite && !shared && others.length > 0 && pick(8) === 0
    its.set(`${owner.toLowerCase()}f${i}`, {
      ...PLAIN,
      name: `${owner.toLowerCase()}f${i}`,
      type,
      subgraphs: shared ? some(where, pick, 2) : [subgraph],
      argument: !shared && !taken && pick(5) === 0,
      hidden: !composite && pick(12) === 0,
      left: taken ? one(others, pick) : undefined,
    })
  }
  return its
}

/** Adds fields that are made of fields of other subgraphs, which may be made of others again. */
const addMade = (entity: string, where: readonly string[], its: Map<string, Field>, pick: Pick): void => {
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
      ...PLAIN,
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

const queryFields = ({ names, targets, knows }: Shape, pick: Pick): Map<string, Field> => {
  const query = new Map<string, Field>()
  names.forEach((subgraph, index) => {
    for (const target of targets)
      if (knows(subgraph, target) && (pick(2) === 0 || target === 'Node')) {
        const name = `q${index}${target}`
        query.set(name, { ...PLAIN, name, type: wrapped(target, pick), subgraphs: [subgraph], argument: pick(2) === 0 })
      }
  })
  return query
}

export const chooseFields = (shape: Shape, pick: Pick): Fields => {
  const { entities, homes, objectHost } = shape
  const hosts = (entity: string): readonly string[] => [...(homes.get(entity)?.keys() ?? [])]
  const fields: Fields = new Map()
  for (const entity of entities) fields.set(entity, ownFields(shape, entity, hosts(entity), 3 + pick(4), pick))
  if (objectHost) fields.set('Node', ownFields(shape, 'Node', [objectHost], 2, pick))
  for (const entity of entities) {
    const its = fields.get(entity)
    if (its && hosts(entity).length > 1) addMade(entity, hosts(entity), its, pick)
  }
  fields.set('Query', queryFields(shape, pick))
  return fields
}
