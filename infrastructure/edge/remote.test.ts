import { describe, expect, it } from 'vitest'
import { createBalancer } from './balancer.ts'
import { upstreamSchema } from './config/entities.ts'
import { ask, echo, seen, startEdge, startRemote } from './testing.ts'

const service = (extra: string) =>
  `services: [{ name: far, ${extra}, routes: [{ name: a, paths: [/], strip_path: false }] }]`
const upstream = (...targets: string[]) => `
upstreams: [{ name: many, targets: [${targets.map(target => `{ target: "${target}" }`).join(', ')}] }]
${service('host: many, port: 80, connect_timeout: 500')}
`

describe('a call to a target over HTTP', () => {
  it('arrives as it was sent, and so does the answer', async () => {
    await using far = await startRemote((request, response) => {
      response.setHeader('x-seen-host', request.headers.host ?? '')
      response.appendHeader('set-cookie', 'a=1').appendHeader('set-cookie', 'b=2')
      response.setHeader('connection', 'x-hop')
      response.setHeader('keep-alive', 'timeout=9')
      echo(request, response)
    })
    await using edge = await startEdge({ config: service(`host: 127.0.0.1, port: ${far.port}`) })
    for (const chunked of [false, true]) {
      const answer = await ask(`${edge.url}/x?y=%20`, {
        method: 'POST',
        body: 'hello',
        chunked,
        headers: [['X-Roles', 'ADMIN']],
      })
      expect(seen(answer)).toMatchObject({ method: 'POST', url: '/x?y=%20', body: 'hello' })
      expect(seen(answer).headers).not.toHaveProperty('x-roles')
      expect(answer.headers['set-cookie']).toEqual(['a=1', 'b=2'])
      expect(answer.headers['x-seen-host']).toBe(`127.0.0.1:${far.port}`)
      expect(answer.headers['keep-alive']).not.toBe('timeout=9')
    }
  })

  it('reuses the connection to the target', async () => {
    const ports = new Set<number | undefined>()
    await using far = await startRemote((request, response) => {
      ports.add(request.socket.remotePort)
      response.end()
    })
    await using edge = await startEdge({ config: service(`host: 127.0.0.1, port: ${far.port}`) })
    for (let call = 0; call < 5; call++) await ask(edge.url)
    expect(ports.size).toBe(1)
  })

  it.each([
    [
      'that nobody answers',
      'host: 127.0.0.1, port: 1',
      502,
      'An invalid response was received from the upstream server',
    ],
    ['that has no address', 'host: nowhere.invalid', 503, 'name resolution failed'],
  ])('%s is refused in the words of Kong, without a host name', async (_, target, status, message) => {
    await using edge = await startEdge({ config: service(target) })
    const answer = await ask(edge.url, { method: 'POST', body: 'x' })
    expect(answer.status).toBe(status)
    expect(answer.json()).toEqual({ message, request_id: answer.headers['x-kong-request-id'] })
  })

  it('that says nothing in time is refused with 504', async () => {
    await using far = await startRemote(() => {})
    await using edge = await startEdge({ config: service(`host: 127.0.0.1, port: ${far.port}, read_timeout: 1000`) })
    expect((await ask(edge.url)).status).toBe(504)
  })

  it('that answers nonsense is refused with 502', async () => {
    await using far = await startRemote(() => {})
    far.server.removeAllListeners('request').on('connection', socket => socket.end('not HTTP at all\r\n\r\n'))
    await using edge = await startEdge({ config: service(`host: 127.0.0.1, port: ${far.port}`) })
    expect((await ask(edge.url)).status).toBe(502)
  })
})

describe('several targets of one upstream', () => {
  it('take turns', async () => {
    await using one = await startRemote((_, response) => void response.end('one'))
    await using two = await startRemote((_, response) => void response.end('two'))
    await using edge = await startEdge({ config: upstream(`127.0.0.1:${one.port}`, `127.0.0.1:${two.port}`) })
    const answers: string[] = []
    for (let call = 0; call < 4; call++) answers.push((await ask(edge.url)).text)
    expect(answers).toEqual(['one', 'two', 'one', 'two'])
  })

  it('stand in for one that cannot be reached, body and all', async () => {
    await using alive = await startRemote(echo)
    await using edge = await startEdge({ config: upstream('127.0.0.1:1', `127.0.0.1:${alive.port}`) })
    for (let call = 0; call < 4; call++) {
      expect(seen(await ask(edge.url, { method: 'POST', body: 'x'.repeat(100_000) })).body).toHaveLength(100_000)
    }
  })

  it('do not get a call again that one of them has taken', async () => {
    let calls = 0
    const breaking = () =>
      startRemote(request => {
        calls += 1
        request.socket.destroy()
      })
    await using one = await breaking()
    await using two = await breaking()
    await using edge = await startEdge({ config: upstream(`127.0.0.1:${one.port}`, `127.0.0.1:${two.port}`) })
    expect((await ask(edge.url, { method: 'POST', body: 'x' })).status).toBe(502)
    expect(calls).toBe(1)
  })

  it('share calls by weight, and none goes to weight 0', () => {
    const target = (name: string, weight: number) => ({ target: name, weight })
    const balancer = createBalancer([
      upstreamSchema.parse({ name: 'many', targets: [target('a:1', 3), target('b:1', 1), target('c:1', 0)] }),
    ])
    const service = { host: 'many', port: 80 }
    const firsts = Array.from({ length: 8 }, () => balancer.peers(service)[0]?.host)
    expect(firsts.join('')).toBe('aabaaaba')
  })
})
