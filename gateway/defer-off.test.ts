import { describe, expect, it, onTestFinished } from 'vitest'
import { openLiveGraph } from './plain/testing/live-graph.ts'
import { openPlainGateway } from './plain/testing/open-plain-gateway.ts'
import { APOLLO, collect, IN_PARTS, post, WAYS } from './testing/in-parts.ts'
import { openGateway } from './testing/open-gateway.ts'

const openShop = async (defer: boolean) => {
  const gate = await openGateway({ defer, development: true })
  onTestFinished(() => gate[Symbol.asyncDispose]())
  return { url: (await gate.listen()).http, reload: () => gate.gateway.reload(`${gate.graph.supergraph}\n# again`) }
}

const openAny = async (defer: boolean) => {
  const graph = await openLiveGraph()
  const gateway = await openPlainGateway({ supergraph: graph.supergraph, defer })
  onTestFinished(async () => {
    await gateway[Symbol.asyncDispose]()
    await graph[Symbol.asyncDispose]()
  })
  return {
    url: gateway.url.replace('/graphql', ''),
    reload: () => gateway.gateway.reload(`${graph.supergraph}\n# again`),
  }
}

const DIRECTIVES = '{ __schema { directives { name } } }'
const directivesOf = async (url: string): Promise<readonly string[]> => {
  const { data } = await (await post({ query: DIRECTIVES }, 'application/json', { url })).json()
  return data.__schema.directives.map(({ name }: { name: string }) => name)
}

describe.each([
  {
    gateway: "the shop's gateway",
    open: openShop,
    query: '{ me { name ... @defer { orders { id } } } }',
    whole: { data: { me: { name: 'Ada', orders: [{ id: 'o1' }] } } },
  },
  {
    gateway: 'a plain gateway',
    open: openAny,
    query: '{ item(id: "3") { label ... @defer { price } } }',
    whole: { data: { item: { label: 'item 3', price: 30 } } },
  },
])('$gateway with @defer turned off', ({ open, query, whole }) => {
  it.each(WAYS)('answers what asks for it whole, in one response over %s', async way => {
    const { url } = await open(false)
    expect(await collect(IN_PARTS[way]({ query }, { url }))).toEqual([whole])
  })

  it('answers as JSON who would take parts', async () => {
    const { url } = await open(false)
    const response = await post({ query }, APOLLO, { url })
    expect(response.headers.get('content-type')).toContain('application/graphql-response+json')
    expect(await response.json()).toEqual(whole)
  })

  it('does not show it in its schema, nor does the next supergraph', async () => {
    const { url, reload } = await open(false)
    expect(await directivesOf(url)).not.toContain('defer')
    expect(reload()).toEqual({ outcome: 'loaded' })
    expect(await directivesOf(url)).toEqual(expect.arrayContaining(['skip', 'include']))
    expect(await directivesOf(url)).not.toContain('defer')
    expect(await collect(IN_PARTS.multipart({ query }, { url }))).toEqual([whole])
  })

  it('shows it again, and defers, when it is on', async () => {
    const { url } = await open(true)
    expect(await directivesOf(url)).toContain('defer')
    expect(await collect(IN_PARTS.multipart({ query }, { url }))).toHaveLength(2)
  })
})
