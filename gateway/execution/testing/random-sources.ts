import type { Pick } from './random-operation.ts'
import type { Field, Fields, Shape } from './random-shape.ts'

const LINK =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable", "@external", "@requires", "@provides", "@override", "@interfaceObject", "@inaccessible"])'

const KEY_FIELDS: Readonly<Record<string, string>> = { id: 'ID!', code: 'String!', home: 'Home!' }

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
/** Whether another subgraph may answer it along the way: a leaf that depends on nothing. */
const isProvidable = ({ subgraphs, left, requires, argument, type }: Field, subgraph: string): boolean =>
  !subgraphs.includes(subgraph) &&
  left === undefined &&
  requires.length === 0 &&
  !argument &&
  /^(Int|String|Float|Boolean|Colour)!?$/.test(type)

/** The SDL of one subgraph. */
const writeSubgraph = (shape: Shape, fields: Fields, subgraph: string, pick: Pick): string => {
  const { entities, nodes, members, objectHost, homes, knows } = shape
  const externals = new Map<string, Set<string>>()
  const provide = ({ type }: Field): string => {
    const its = /^E\d$/.test(type) ? fields.get(type) : undefined
    if (!its || !homes.get(type)?.has(subgraph) || pick(3) > 0) return ''
    const leaf = [...its.values()].find(field => isProvidable(field, subgraph))
    if (!leaf) return ''
    externals.set(type, (externals.get(type) ?? new Set()).add(leaf.name))
    return leaf.name
  }
  const body = (owner: string): string[] =>
    [...(fields.get(owner)?.values() ?? [])]
      .filter(({ subgraphs, left }) => subgraphs.includes(subgraph) || left === subgraph)
      .map(field => fieldText(field, subgraph, owner === 'Query' ? provide(field) : ''))
  const queries = body('Query')

  const writeEntity = (entity: string): string[] => {
    const keys = homes.get(entity)?.get(subgraph)
    const its = fields.get(entity)
    if (!keys || !its) return []
    const own = body(entity)
    const needed = externals.get(entity) ?? new Set<string>()
    for (const { subgraphs, requires } of its.values())
      if (subgraphs.includes(subgraph)) for (const { name } of requires) needed.add(name)
    const external = [...needed].flatMap(name => {
      const field = its.get(name)
      return field ? [`${name}: ${field.type} @external`] : []
    })
    const isNode = nodes.includes(entity)
    const resolvable = own.length > 0 || isNode || pick(3) > 0
    const texts = keys.map(key => `@key(fields: "${key}"${resolvable ? '' : ', resolvable: false'})`)
    const used = new Set(keys.join(' ').match(/id|code|home/g))
    const keyed = Object.entries(KEY_FIELDS).flatMap(([name, type]) =>
      used.has(name) || (name === 'id' && isNode) ? [`${name}: ${type} @shareable`] : [],
    )
    const wider = isNode ? ' implements Node' : ''
    return [`type ${entity}${wider} ${texts.join(' ')} { ${[...keyed, ...own, ...external].join(' ')} }`]
  }
  const types = entities.flatMap(writeEntity)
  if (subgraph === objectHost)
    types.push(`type Node @interfaceObject @key(fields: "id") { id: ID! ${body('Node').join(' ')} }`)
  else types.push('interface Node @key(fields: "id") { id: ID! }')
  if (knows(subgraph, 'Any')) types.push(`union Any = ${members['Any']?.join(' | ')}`)
  return [
    LINK,
    `type Query { ${queries.length > 0 ? queries.join(' ') : `idle${subgraph}: Int`} }`,
    'type Size @shareable { w: Int! h: Int unit: String }',
    'type Home @shareable { town: String! no: Int! }',
    'enum Colour { RED GREEN BLUE }',
    ...types,
  ].join('\n')
}

/** The SDL of each subgraph. */
export const writeSources = (shape: Shape, fields: Fields, pick: Pick): Readonly<Record<string, string>> =>
  Object.fromEntries(shape.names.map(name => [name, writeSubgraph(shape, fields, name, pick)]))
