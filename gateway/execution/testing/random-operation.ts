import {
  type GraphQLArgument,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  OperationTypeNode,
} from 'graphql'

/** A random number below `n`. */
export type Pick = (n: number) => number

/** A small generator of numbers (mulberry32), so that one number names an operation. */
export const pickFrom = (seed: number): Pick => {
  let state = seed >>> 0
  return n => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) % n
  }
}

export interface RandomOperation {
  readonly text: string
  readonly variables: Readonly<Record<string, unknown>>
}

const literal = (type: GraphQLInputType, pick: Pick): string => {
  if (isNonNullType(type)) return literal(type.ofType, pick)
  if (isListType(type)) return `[${literal(type.ofType, pick)}]`
  if (isEnumType(type)) return type.getValues()[pick(type.getValues().length)]?.name ?? 'null'
  if (isInputObjectType(type))
    return `{${Object.values(type.getFields())
      .filter(field => isNonNullType(field.type))
      .map(field => `${field.name}: ${literal(field.type, pick)}`)
      .join(', ')}}`
  if (type.name === 'Int') return `${1 + pick(3)}`
  if (type.name === 'Float') return '1.5'
  if (type.name === 'Boolean') return pick(2) ? 'true' : 'false'
  return `"id-${pick(5)}"`
}

/**
 * Writes an operation on a schema: fields, aliases, fragments of both kinds, conditions, arguments, `__typename` here and there; and, when
 * asked for, `@defer` on fragments.
 */
export const randomOperation = (
  schema: GraphQLSchema,
  seed: number,
  type: OperationTypeNode = OperationTypeNode.QUERY,
  defers = false,
): RandomOperation => {
  const pick = pickFrom(seed)
  let labels = 0
  const variables: Record<string, unknown> = {}
  const declared: string[] = []
  const fragments: string[] = []
  let budget = 40

  const condition = (): string => {
    if (pick(12) > 0) return ''
    const name = `c${pick(3)}`
    if (!(name in variables)) {
      const value = pick(2) === 0
      const byDefault = pick(3) === 0
      declared.push(byDefault ? `$${name}: Boolean! = ${value}` : `$${name}: Boolean!`)
      variables[name] = byDefault ? undefined : value
    }
    return ` @${pick(2) ? 'skip' : 'include'}(if: $${name})`
  }
  const defer = (): string => {
    if (!defers || pick(3) > 0) return ''
    const label = pick(2) ? `label: "L${labels++}"` : ''
    if (pick(6) > 0) return ` @defer${label && `(${label})`}`
    const name = `c${pick(3)}`
    if (!(name in variables)) {
      declared.push(`$${name}: Boolean!`)
      variables[name] = pick(2) === 0
    }
    return ` @defer(if: $${name} ${label})`
  }
  const argument = (given: GraphQLArgument): string | undefined => {
    if (!isNonNullType(given.type) && pick(2)) return undefined
    if (pick(3)) return `${given.name}: ${literal(given.type, pick)}`
    const named = getNamedType(given.type)
    const name = `v${declared.length}`
    if (named.name !== 'Int' && named.name !== 'ID' && named.name !== 'String')
      return `${given.name}: ${literal(given.type, pick)}`
    if (isListType(given.type) || (isNonNullType(given.type) && isListType(given.type.ofType)))
      return `${given.name}: ${literal(given.type, pick)}`
    declared.push(`$${name}: ${given.type}`)
    variables[name] = named.name === 'Int' ? 2 : `id-${pick(5)}`
    return `${given.name}: $${name}`
  }
  const field = (of: GraphQLField<unknown, unknown>, depth: number): string | undefined => {
    const inner = getNamedType(of.type)
    const composite = isCompositeType(inner)
    if (composite && depth <= 0) return undefined
    budget--
    const args = of.args.flatMap(one => argument(one) ?? [])
    const given = args.length > 0 ? `(${args.join(', ')})` : ''
    const alias = given || pick(8) === 0 ? `a${pick(100_000)}: ` : ''
    return `${alias}${of.name}${given}${condition()}${composite ? ` ${selections(inner, depth - 1)}` : ''}`
  }
  const selections = (parent: GraphQLCompositeType, depth: number): string => {
    const out: string[] = []
    if (isObjectType(parent) || isInterfaceType(parent)) {
      const fields = Object.values(parent.getFields())
      const count = 1 + pick(4)
      for (let i = 0; i < count && budget > 0; i++) {
        const chosen = fields[pick(fields.length)]
        const text = chosen && field(chosen, depth)
        if (text) out.push(text)
      }
    }
    if (isAbstractType(parent))
      for (const possible of schema.getPossibleTypes(parent))
        if (pick(3) > 0 && budget > 0)
          out.push(`... on ${possible.name}${condition()}${defer()} ${selections(possible, depth)}`)
    if (isObjectType(parent))
      // The reference forgets what an object is inside a wider fragment, unless it has its name.
      for (const wider of parent.getInterfaces())
        if (pick(6) === 0 && budget > 0)
          out.push(`__typename ... on ${wider.name}${defer()} ${selections(wider, depth)}`)
    if (pick(10) === 0 && budget > 0 && out.length > 0) {
      const name = `F${fragments.length}`
      fragments.push('')
      fragments[Number(name.slice(1))] = `fragment ${name} on ${parent.name} ${selections(parent, depth - 1)}`
      out.push(`...${name}${condition()}${defer()}`)
    }
    if (defers && pick(3) === 0 && budget > 0) out.push(`...${defer()} ${selections(parent, depth - 1)}`)
    if (out.length === 0 || pick(5) === 0) out.push(pick(3) === 0 ? 't: __typename' : '__typename')
    return `{ ${out.join(' ')} }`
  }

  const root = schema.getRootType(type)
  if (!root) throw new Error(`no ${type}`)
  const body = selections(root, 5)
  const head = declared.length > 0 ? `(${declared.join(', ')})` : ''
  const given = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== undefined))
  return { text: [`${type} Random${head} ${body}`, ...fragments].join('\n'), variables: given }
}
