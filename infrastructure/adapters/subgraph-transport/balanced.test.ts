import { once } from 'node:events'
import { afterEach, describe, expect, it } from 'vitest'
import { createFetchListener } from '../http-server/fetch-listener.ts'
import { type Listening, listen } from '../http-server/listen.ts'
import { createMemoryDirectory } from '../service-directory/memory.ts'
import { fixedInstances, instanceAt } from '../service-directory/service-directory.ts'
import { createBalancedTransport } from './balanced.ts'
import { createRotation } from './rotation.ts'
import { subgraphTransportContract } from './subgraph-transport.contract.ts'
import { postTo } from './subgraph-transport.ts'

subgraphTransportContract('balanced', async (handler, limits) => {
  const listening = await listen(createFetchListener(handler), { port: 0 })
  const instances = fixedInstances([instanceAt(listening.url)])
  const transport = createBalancedTransport({ name: 'fixture', instances, ...limits })
  return {
    transport,
    close: async () => {
      await transport[Symbol.asyncDispose]()
      listening.server.closeAllConnections()
      await listening[Symbol.asyncDispose]()
    },
  }
})

const call = (body = 'x'): Request => new Request('http://order/graphql', { method: 'POST', body })

describe('a transport over several instances', () => {
  const servers: Listening[] = []
  const open: AsyncDisposable[] = []
  afterEach(async () => {
    for (const each of open.splice(0)) await each[Symbol.asyncDispose]()
    for (const { server } of servers.splice(0)) server.close().closeAllConnections()
  })
  const serve = async (answer: (request: Request) => Promise<Response>): Promise<Listening> => {
    const listening = await listen(createFetchListener(answer), { port: 0 })
    servers.push(listening)
    return listening
  }
  const named = (name: string) => serve(async request => new Response(`${name} ${await request.text()}`))
  const balanced = (...servers: readonly Listening[]) => {
    const shared = createMemoryDirectory()
    const directory = shared.open()
    const registrations = servers.map(({ url }) => directory.register('order', instanceAt(url)))
    const transport = createBalancedTransport({ name: 'order', instances: directory.watch('order'), patienceMs: 300 })
    open.push(transport)
    return { transport, registrations, directory }
  }
  const ask = async (transport: { fetch(request: Request): Promise<Response> }, times: number): Promise<string> => {
    const answers: string[] = []
    for (let i = 0; i < times; i++) answers.push(await (await transport.fetch(call())).text())
    return answers.map(answer => answer.split(' ')[0]).join('')
  }

  it('takes them in turn', async () => {
    const { transport } = balanced(await named('a'), await named('b'))
    expect(await ask(transport, 6)).toMatch(/^(ababab|bababa)$/)
  })

  it('goes past one that nobody answers for, body and all, and leaves it alone for a while', async () => {
    const [alive, dead] = [await named('a'), await named('b')]
    const { transport } = balanced(dead, alive)
    dead.server.close()
    for (let i = 0; i < 4; i++) expect(await (await transport.fetch(call('body'))).text()).toBe('a body')
    const whole = { path: '/graphql', headers: {}, body: 'body', signal: new AbortController().signal }
    for (let i = 0; i < 4; i++) expect(await postTo(transport, whole)).toEqual({ status: 200, text: 'a body' })
  })

  it('does not ask a second one what the first has seen', async () => {
    let asked = 0
    const breaking = () =>
      serve(async () => {
        asked++
        throw new Error('broken')
      })
    const [one, two] = [await breaking(), await breaking()]
    for (const { server } of [one, two]) server.on('request', (_, response) => response.destroy())
    const { transport } = balanced(one, two)
    await expect(transport.fetch(call())).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE', reached: true })
    expect(asked).toBe(1)
  })

  it('leaves one alone that says that it is stopping', async () => {
    const stopping = await serve(async () => new Response('stopping', { status: 503 }))
    const { transport } = balanced(stopping, await named('a'))
    const answers = await ask(transport, 5)
    expect(answers.replace('stopping', '')).toMatch(/^a{4,5}$/)
  })

  it('lets one that left the directory finish what it was asked, and asks it nothing more', async () => {
    const going = Promise.withResolvers<void>()
    const leaving = await serve(async () => {
      await going.promise
      return new Response('finished')
    })
    const { transport, registrations } = balanced(leaving)
    const arrived = once(leaving.server, 'request')
    const answer = transport.fetch(call())
    await arrived
    const staying = await named('a')
    await registrations[0]?.[Symbol.asyncDispose]()
    const { transport: _, directory } = balanced(staying)
    expect(directory.watch('order').current()).toHaveLength(1)
    going.resolve()
    expect(await (await answer).text()).toBe('finished')
  })

  it('waits a moment for the first instance, and says that nobody is there', async () => {
    const { transport, directory } = balanced()
    await expect(transport.fetch(call())).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE', reached: false })
    const answer = transport.fetch(call())
    directory.register('order', instanceAt((await named('a')).url))
    expect(await (await answer).text()).toBe('a x')
  })
})

describe('a rotation', () => {
  it('takes members in turn, those that rest last, until they have rested', () => {
    let now = 0
    const rotation = createRotation({ of: () => ['a', 'b', 'c'], keyOf: name => name, restMs: 100, now: () => now })
    const next = (): string => rotation.next().join('')
    expect([next(), next(), next(), next()]).toEqual(['abc', 'bca', 'cab', 'abc'])
    rotation.rest('b')
    expect([next(), next()]).toEqual(['cab', 'cab'])
    now = 101
    expect([next(), next()]).toEqual(['abc', 'bca'])
  })

  it('has nobody to name when nobody is there', () =>
    expect(createRotation({ of: () => [], keyOf: String, restMs: 1 }).next()).toEqual([]))
})
