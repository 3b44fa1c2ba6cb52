import { createInProcessTransport } from '@mercato/adapters/subgraph-transport/in-process'
import { composeSubgraphs } from '@mercato/schema/compose'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { issueToken, openGateway } from '../testing/open-gateway.ts'

const LINK =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@external", "@requires", "@authenticated", "@requiresScopes", "@policy"])'
const GUARDS = {
  '@authenticated': '@authenticated',
  '@requiresScopes': '@requiresScopes(scopes: [["secrets"]])',
  '@policy': '@policy(policies: [["trusted"]])',
} as const
type Guard = keyof typeof GUARDS
const KINDS = Object.keys(GUARDS) as readonly Guard[]

/** Every kind of guard on every kind of part; the scalars and enums are guarded themselves, whoever has a field of them. */
const parts = (guard: string): Readonly<Record<string, string>> => ({
  vault: `${LINK}
    type Query { vault: Vault holders: [Holder!]! safe: Safe }
    type Vault @key(fields: "id") { id: ID! code: Code codes: [Code!] colour: Colour weight: Int ${guard} open: Int }
    scalar Code ${guard}
    enum Colour ${guard} { RED GREEN }
    type Safe ${guard} { open: Int }
    interface Holder { id: ID! word: String }
    type Box implements Holder { id: ID! word: String }
    type Chest implements Holder { id: ID! word: String ${guard} }`,
  scales: `${LINK}
    type Vault @key(fields: "id") { id: ID! weight: Int @external tons: Int @requires(fields: "weight") ${guard} }`,
  prices: `${LINK}
    type Vault @key(fields: "id") { id: ID! tons: Int @external price: Int @requires(fields: "tons") ${guard} }`,
})
const compose = (sources: Readonly<Record<string, string>>): string => {
  const composed = composeSubgraphs(
    Object.entries(sources).map(([name, sdl]) => ({ name, url: `http://${name}`, sdl })),
  )
  if (composed.outcome === 'refused') throw new Error(composed.problems.join('\n'))
  return composed.supergraph
}

const ANSWERS: Readonly<Record<string, unknown>> = {
  vault: {
    vault: { __typename: 'Vault', id: '1', code: 'c', codes: ['c', 'd'], colour: 'RED', weight: 3, heavy: 3, open: 7 },
    holders: [
      { __typename: 'Box', id: 'b', word: 'box' },
      { __typename: 'Chest', id: 'c', word: 'chest' },
    ],
    safe: { __typename: 'Safe', open: 1 },
  },
  scales: { _entities: [{ __typename: 'Vault', tons: 4 }] },
  prices: { _entities: [{ __typename: 'Vault', price: 5 }] },
}

let running = new AsyncDisposableStack()
afterEach(async () => {
  await running.disposeAsync()
  running = new AsyncDisposableStack()
})

/** Subgraphs that tell everything to whoever asks; what they were asked is in `asked`. */
const open = async (supergraph: string) => {
  const asked: string[] = []
  const transport = (name: string) =>
    createInProcessTransport({
      name,
      fetch: async request => {
        const body = await request.text()
        asked.push(body)
        return Response.json({ data: ANSWERS[name] })
      },
    })
  const replace = Object.fromEntries(Object.keys(ANSWERS).map(name => [name, transport(name)]))
  const policies = async (names: ReadonlySet<string>, { user }: { user?: { roles: readonly string[] } }) =>
    new Set(user?.roles.includes('TRUSTED') ? names : [])
  const gate = running.use(await openGateway({ supergraph, replace, policies }))
  const allowed = await issueToken({ scope: 'secrets', roles: ['TRUSTED'] })
  const ask = async (query: string, mine: boolean) => (await gate.ask(query, mine ? { token: allowed } : {})).body
  return { asked, ask }
}

describe.each(KINDS)('%s', guard => {
  let supergraph = ''
  beforeAll(() => {
    supergraph = compose(parts(GUARDS[guard]))
  })

  it.each([
    [
      'a scalar',
      '{ vault { id code } }',
      { vault: { id: '1', code: null } },
      'code',
      { vault: { id: '1', code: 'c' } },
    ],
    [
      'a list of a scalar',
      '{ vault { id codes } }',
      { vault: { id: '1', codes: null } },
      'codes',
      { vault: { id: '1', codes: ['c', 'd'] } },
    ],
    [
      'an enum',
      '{ vault { id colour } }',
      { vault: { id: '1', colour: null } },
      'colour',
      { vault: { id: '1', colour: 'RED' } },
    ],
    ['an object', '{ safe { open } }', { safe: null }, 'safe', { safe: { open: 1 } }],
    [
      'a field, behind fragments within fragments',
      '{ vault { ...A } } fragment A on Vault { id ...B } fragment B on Vault { ... { heavy: weight } }',
      { vault: { id: '1', heavy: null } },
      'weight',
      { vault: { id: '1', heavy: 3 } },
    ],
    [
      'a field of one type behind an interface',
      '{ holders { id word } }',
      {
        holders: [
          { id: 'b', word: 'box' },
          { id: 'c', word: null },
        ],
      },
      undefined,
      {
        holders: [
          { id: 'b', word: 'box' },
          { id: 'c', word: 'chest' },
        ],
      },
    ],
    [
      'a chain of @requires at its end',
      '{ vault { id price } }',
      { vault: { id: '1', price: null } },
      'weight',
      { vault: { id: '1', price: 5 } },
    ],
  ])('guards %s', async (_, query, withheld, never, whole) => {
    const { asked, ask } = await open(supergraph)
    const refused = await ask(query, false)
    expect(refused.data).toEqual(withheld)
    expect(refused.errors).toHaveLength(1)
    expect(refused.errors[0].extensions.code).toBe('UNAUTHENTICATED')
    if (never) expect(asked.join()).not.toContain(never)
    expect(await ask(query, true)).toEqual({ data: whole })
  })

  it('guards what is made of something guarded, also where nobody wrote it down, hop by hop', async () => {
    // Composition insists that `tons` and `price` are guarded like `weight`; that of others may not.
    const careless = supergraph.replaceAll(/^(\s+(?:tons|price): .*\)) @.*$/gm, '$1')
    expect(careless).not.toBe(supergraph)
    const { asked, ask } = await open(careless)
    for (const field of ['tons', 'price']) {
      const { data, errors } = await ask(`{ vault { id ${field} } }`, false)
      expect(data).toEqual({ vault: { id: '1', [field]: null } })
      expect(errors[0].extensions.code).toBe('UNAUTHENTICATED')
    }
    expect(asked.join()).not.toContain('weight')
    expect(await ask('{ vault { price } }', true)).toEqual({ data: { vault: { price: 5 } } })
  })
})
