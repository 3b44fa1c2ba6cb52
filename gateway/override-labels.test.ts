import { listen } from '@mercato/adapters/http-server/listen'
import { createInProcessTransport } from '@mercato/adapters/subgraph-transport/in-process'
import { composeSubgraphs } from '@mercato/schema/compose'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createLabels } from './override-labels.ts'
import { openPlainGateway } from './plain/testing/open-plain-gateway.ts'
import { openGateway } from './testing/open-gateway.ts'

describe('labels of @override', () => {
  it('are on by name, or for so many of a hundred requests', () => {
    const numbers = [0.39, 0.41]
    const choose = createLabels(new Set(['beta']), () => numbers.shift() ?? 0)
    const labels = ['beta', 'gamma', 'percent(40)']
    expect([...choose(labels)]).toEqual(['beta', 'percent(40)'])
    expect([...choose(labels)]).toEqual(['beta'])
  })
})

const LINK =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@override", "@shareable"])'
const NAME = 'type P @key(fields: "id") { id: ID!'

/** `P.name` moves from `old` to `new` where the label is on. */
const moving = (label: string) => {
  const composed = composeSubgraphs([
    { name: 'old', url: 'http://old', sdl: `${LINK} type Query { p: P } ${NAME} name: String }` },
    { name: 'new', url: 'http://new', sdl: `${LINK} ${NAME} name: String @override(from: "old", label: "${label}") }` },
  ])
  if (composed.outcome === 'refused') throw new Error(composed.problems.join('\n'))
  return composed.supergraph
}
const ANSWERS = {
  old: { data: { p: { __typename: 'P', id: '1', name: 'old' } } },
  new: { data: { _entities: [{ __typename: 'P', name: 'new' }] } },
} as const

const GATEWAYS = {
  full: async (supergraph: string, labels: readonly string[]) => {
    const transport = (name: keyof typeof ANSWERS) =>
      createInProcessTransport({ name, fetch: async () => Response.json(ANSWERS[name]) })
    const gate = await openGateway({
      supergraph,
      labels,
      replace: { old: transport('old'), new: transport('new') },
    })
    onTestFinished(() => gate[Symbol.asyncDispose]())
    return async (query: string) => (await gate.ask(query)).body
  },
  plain: async (supergraph: string, labels: readonly string[]) => {
    const addresses: Record<string, string> = {}
    for (const [name, answer] of Object.entries(ANSWERS)) {
      const server = await listen((_, response) => void response.end(JSON.stringify(answer)), { port: 0 })
      onTestFinished(async () => {
        server.server.closeAllConnections()
        await server[Symbol.asyncDispose]()
      })
      addresses[name] = `${server.url}/graphql`
    }
    const gateway = await openPlainGateway({ supergraph, labels, addresses })
    onTestFinished(() => gateway[Symbol.asyncDispose]())
    return (query: string) => gateway.query(query)
  },
} as const

describe.each(['full', 'plain'] as const)('a %s gateway', which => {
  it.each([
    ['beta', [], 'old'],
    ['beta', ['gamma'], 'old'],
    ['beta', ['gamma', 'beta'], 'new'],
    ['percent(100)', [], 'new'],
    ['percent(0)', [], 'old'],
  ])('takes a field that moves with the label %s, while %j are on, from %s', async (label, on, from) => {
    const ask = await GATEWAYS[which](moving(label), on)
    expect(await ask('{ p { name } }')).toEqual({ data: { p: { name: from } } })
  })
})
