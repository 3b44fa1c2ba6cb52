import { readFileSync } from 'node:fs'
import {
  type DocumentNode,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLObjectType,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  isRequiredArgument,
  isRequiredInputField,
  isUnionType,
  OperationTypeNode,
  parse,
  TypeInfo,
  valueFromASTUntyped,
  visit,
  visitWithTypeInfo,
} from 'graphql'
import { describe, expect, it } from 'vitest'
import { createDocuments } from '../documents.ts'
import { DEFAULT_LIMITS } from '../limits.ts'
import { loadSupergraph } from '../supergraph.ts'
import { cut } from './cut.ts'
import { decide } from './decision.ts'

const SDL = readFileSync(new URL('../../schema/supergraph.graphql', import.meta.url), 'utf8')
const supergraph = loadSupergraph(SDL)
const { schema, requirements } = supergraph
const limits = { ...DEFAULT_LIMITS, depth: 30, tokens: 5_000 }
const documents = createDocuments({ limits, development: false })

const ROLES: Readonly<Record<string, readonly string[]>> = {
  CUSTOMER: [],
  SUPPORT: [
    'orders:read:any',
    'orders:write:any',
    'users:read:any',
    'payments:read:any',
    'payments:refund',
    'audit:read',
  ],
  MERCHANDISER: ['catalog:write', 'stock:write', 'stock:read', 'orders:fulfil'],
}
const viewerOf = (role: string) => {
  const scopes = ROLES[role]
  const user = scopes && { id: '1', roles: [role], scopes, sessionId: 's', emailVerified: false, authenticatedAt: 0 }
  return { consumer: 'test', ...(user && { user }) }
}

interface Guard {
  readonly type: string
  readonly field: string
  /** Whether a role without any policy may see it. */
  readonly allows: (role: string) => boolean
}

/** What the text of the supergraph says, read by other means than those of the code under test. */
const guards = (): readonly Guard[] => {
  const found: Guard[] = []
  let owner = ''
  visit(parse(SDL), {
    InterfaceTypeDefinition: () => false,
    ObjectTypeDefinition: node => {
      owner = node.name.value
    },
    FieldDefinition(node) {
      const asks = (node.directives ?? []).flatMap(({ name, arguments: [argument] = [] }) => {
        if (name.value === 'authenticated') return [(role: string) => role in ROLES]
        if (name.value === 'policy') return [() => false]
        if (name.value !== 'requiresScopes' || !argument) return []
        const sets = valueFromASTUntyped(argument.value) as readonly (readonly string[])[]
        return [(role: string) => sets.some(set => set.every(scope => ROLES[role]?.includes(scope)))]
      })
      if (asks.length > 0)
        found.push({ type: owner, field: node.name.value, allows: role => asks.every(ask => ask(role)) })
    },
  })
  return found
}
const guarded = guards()
const guardOf = new Map(guarded.map(guard => [`${guard.type}.${guard.field}`, guard]))

const literal = (type: GraphQLInputType): string => {
  if (isNonNullType(type)) return literal(type.ofType)
  if (isListType(type)) return `[${literal(type.ofType)}]`
  if (isEnumType(type)) return type.getValues()[0]?.name ?? ''
  if (isInputObjectType(type)) {
    const required = Object.values(type.getFields()).filter(isRequiredInputField)
    return `{ ${required.map(({ name, type: inner }) => `${name}: ${literal(inner)}`).join(' ')} }`
  }
  return type.name === 'Int' || type.name === 'Float' ? '1' : type.name === 'Boolean' ? 'true' : '"x"'
}
const call = ({ name, args }: GraphQLField<unknown, unknown>): string => {
  const required = args.filter(isRequiredArgument)
  return required.length === 0 ? name : `${name}(${required.map(arg => `${arg.name}: ${literal(arg.type)}`).join(' ')})`
}
const whole = (type: GraphQLObjectType, field: string): string => {
  const definition = type.getFields()[field]
  if (!definition) throw new Error(`no ${type.name}.${field}`)
  return `${call(definition)}${isLeafType(getNamedType(definition.type)) ? '' : ' { __typename }'}`
}

interface Way {
  readonly before: string
  readonly after: string
}

/** Up to three of the shortest ways from each root to an object of this type. */
const waysTo = (target: GraphQLObjectType): readonly Way[] =>
  [OperationTypeNode.QUERY, OperationTypeNode.MUTATION, OperationTypeNode.SUBSCRIPTION].flatMap(operation => {
    const root = schema.getRootType(operation)
    if (!root) return []
    const start = { type: root, before: `${operation} {`, after: '}' }
    if (root === target) return [start]
    const ways: Way[] = []
    const seen = new Set([root])
    for (let level = [start]; level.length > 0 && ways.length < 3; ) {
      const next: typeof level = []
      for (const { type, before, after } of level)
        for (const field of Object.values(type.getFields())) {
          const named = getNamedType(field.type)
          const objects = isObjectType(named)
            ? [named]
            : isInterfaceType(named) || isUnionType(named)
              ? schema.getPossibleTypes(named)
              : []
          for (const object of objects) {
            const [open, close] = object === named ? ['', ''] : [`... on ${object.name} {`, '}']
            const way = { type: object, before: `${before} ${call(field)} { ${open}`, after: `${close} } ${after}` }
            if (object === target) ways.push(way)
            else if (!seen.has(object)) next.push(way)
            seen.add(object)
          }
        }
      level = next
    }
    return ways.slice(0, 3)
  })

/** `Type.field` of everything that a document selects on object types. */
const coordinates = (document: DocumentNode): ReadonlySet<string> => {
  const found = new Set<string>()
  const info = new TypeInfo(schema)
  visit(
    document,
    visitWithTypeInfo(info, {
      Field: node => {
        const parent = info.getParentType()
        if (isObjectType(parent)) found.add(`${parent.name}.${node.name.value}`)
      },
    }),
  )
  return found
}

describe('every guarded field of the graph', () => {
  it('can be reached, so that guarding it means something', () => {
    expect(guarded.length).toBeGreaterThan(50)
    for (const { type, field } of guarded) {
      const owner = schema.getType(type)
      expect(isObjectType(owner) ? waysTo(owner).length : 0, `${type}.${field}`).toBeGreaterThan(0)
    }
  })

  it.each(['nobody', ...Object.keys(ROLES)])(
    'is fetched for %s exactly if it is theirs, by whatever way',
    async role => {
      let cells = 0
      for (const { type, field } of guarded) {
        const owner = schema.getType(type)
        if (!isObjectType(owner)) throw new Error(`${type} is no object type`)
        const asked = whole(owner, field)
        for (const { before, after } of waysTo(owner))
          for (const query of [
            `${before} ${asked} ${after}`,
            `${before} other: ${asked} ${after}`,
            `${before} ...F ${after} fragment F on ${type} { ${asked} }`,
            `${before} ... on ${type} { ... @include(if: true) { ${asked} } } ${after}`,
          ]) {
            const preparation = documents.prepare(supergraph, query, undefined)
            if (preparation.outcome === 'refused') throw new Error(`${query}: ${preparation.errors[0]?.message}`)
            const { prepared } = preparation
            const decision = await decide(prepared.requirements, viewerOf(role), async () => new Set())
            const kept = decision.restricts ? cut(schema, requirements, prepared, prepared.root, decision) : prepared
            const [wanted, left] = [coordinates(prepared.document), coordinates(kept.document)]
            const forbidden = (coordinate: string) => guardOf.get(coordinate)?.allows(role) === false
            expect([...left].filter(forbidden), `${role} gets this by ${query}`).toEqual([])
            expect(decision.restricts, query).toBe([...wanted].some(forbidden))
            if (!decision.restricts) expect(left).toContain(`${type}.${field}`)
            cells++
          }
      }
      expect(cells).toBeGreaterThan(200)
    },
  )
})
