import { describe, expect, it } from 'vitest'
import { ask, seen, startEdge } from './testing.ts'

const config = (plugin: string) => `
services: [{ name: app, host: app, routes: [{ name: a, paths: [/] }] }]
plugins: [${plugin}]
`

describe('the request transformer', () => {
  it('removes, renames, replaces, adds and appends, in this order', async () => {
    await using edge = await startEdge({
      config: config(`{ name: request-transformer, config: {
        remove: { headers: [X-Gone] }, rename: { headers: ["X-Old:X-New", "X-None:X-Nothing"] },
        replace: { headers: ["X-There:replaced", "X-Not-There:never"] },
        add: { headers: ["X-There:never", "X-Added:a:b"] }, append: { headers: ["X-List:two"] } } }`),
    })
    const { headers, raw } = seen(
      await ask(edge.url, {
        headers: [
          ['x-gone', '1'],
          ['X-Old', 'kept'],
          ['X-There', 'original'],
          ['X-List', 'one'],
        ],
      }),
    )
    expect(headers).toMatchObject({ 'x-new': 'kept', 'x-there': 'replaced', 'x-added': 'a:b', 'x-list': 'one, two' })
    for (const name of ['x-gone', 'x-old', 'x-nothing', 'x-not-there']) {
      expect(headers).not.toHaveProperty(name)
      expect(raw).not.toContain(name)
    }
  })

  it('removes every line of a header that came twice', async () => {
    await using edge = await startEdge({
      config: config('{ name: request-transformer, config: { remove: { headers: [X-Gone] } } }'),
    })
    expect(
      (
        await ask(edge.url, {
          headers: [
            ['X-Gone', 'forged-1'],
            ['x-GONE', 'forged-2'],
          ],
        })
      ).text,
    ).not.toContain('forged')
  })
})

describe('the response transformer', () => {
  const target = `{ name: response-transformer, config: { remove: { headers: [Server, X-Powered-By] }, add: { headers: ["X-Frame-Options:DENY", "Link:<a>; rel=b"] } } }`

  it.each([
    ['given at once', { server: 'secret', 'x-powered-by': 'secret', link: 'mine' }],
    ['given as a list', ['Server', 'secret', 'X-Powered-By', 'secret', 'Link', 'mine']],
  ])('cleans and completes headers %s', async (_, headers) => {
    await using edge = await startEdge({
      config: config(target),
      target: (_request, response) => void response.writeHead(200, headers).end(),
    })
    const answer = await ask(edge.url)
    expect(answer.headers).toMatchObject({ 'x-frame-options': 'DENY', link: 'mine' })
    expect(JSON.stringify(answer.headers)).not.toContain('secret')
  })

  it('cleans headers that were set one by one and sent implicitly', async () => {
    await using edge = await startEdge({
      config: config(target),
      target: (_, response) => {
        response.setHeader('X-Powered-By', 'secret')
        response.appendHeader('Set-Cookie', 'a=1').appendHeader('Set-Cookie', 'b=2')
        response.statusMessage = 'Fine'
        response.write('body')
        response.end()
      },
    })
    const answer = await ask(edge.url)
    expect(answer.headers['set-cookie']).toEqual(['a=1', 'b=2'])
    expect(answer.headers).not.toHaveProperty('x-powered-by')
    expect(answer.text).toBe('body')
  })

  it('also works on the edge’s own answers', async () => {
    await using edge = await startEdge({ config: config(target).replace('paths: [/]', 'paths: [/a]') })
    const answer = await ask(`${edge.url}/b`)
    expect(answer.status).toBe(404)
    expect(answer.headers['x-frame-options']).toBe('DENY')
  })
})

describe('the correlation id', () => {
  const plugin =
    '{ name: correlation-id, config: { header_name: x-correlation-id, generator: uuid, echo_downstream: true } }'

  it('is made where the client sends none, and both sides learn it', async () => {
    await using edge = await startEdge({ config: config(plugin) })
    const answer = await ask(edge.url)
    expect(answer.headers['x-correlation-id']).toMatch(/^[0-9a-f-]{36}$/)
    expect(seen(answer).headers['x-correlation-id']).toBe(answer.headers['x-correlation-id'])
    expect((await ask(edge.url)).headers['x-correlation-id']).not.toBe(answer.headers['x-correlation-id'])
  })

  it('is the client’s where it sends one', async () => {
    await using edge = await startEdge({ config: config(plugin) })
    const answer = await ask(edge.url, { headers: [['X-Correlation-ID', 'mine']] })
    expect(answer.headers['x-correlation-id']).toBe('mine')
    expect(seen(answer).headers['x-correlation-id']).toBe('mine')
  })
})
