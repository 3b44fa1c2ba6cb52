import { describe, expect, it } from 'vitest'
import { request, setUp } from './testing.ts'

describe('a live stream', () => {
  const untilFirstEvent = async (reader: ReadableStreamDefaultReader<Uint8Array> | undefined): Promise<void> => {
    const decoder = new TextDecoder()
    for (let text = ''; !text.includes('data: '); ) text += decoder.decode((await reader?.read())?.value)
  }
  const stream = (query: string, signal?: AbortSignal) =>
    request(query, {}, { headers: { accept: 'text/event-stream' }, ...(signal && { signal }) })
  const events = (text: string) =>
    [...text.matchAll(/event: (\w+)\ndata: ?(.*)\n/g)].map(([, event, data]) => [
      event,
      data ? JSON.parse(data) : undefined,
    ])

  it('sends each event and then completes', async () => {
    const response = await setUp().server.fetch(stream('subscription { ticks(upTo: 2) }'))
    expect(response.headers.get('content-type')).toBe('text/event-stream')
    expect(events(await response.text())).toEqual([
      ['next', { data: { ticks: 1 } }],
      ['next', { data: { ticks: 2 } }],
      ['complete', undefined],
    ])
  })

  it('ends its source when the client goes', async () => {
    const { server, ended } = setUp()
    const response = await server.fetch(stream('subscription { forever }'))
    const reader = response.body?.getReader()
    await untilFirstEvent(reader)
    await reader?.cancel()
    await expect.poll(() => ended).toEqual(['forever'])
  })

  it('ends its source when the request is aborted', async () => {
    const { server, ended } = setUp()
    const client = new AbortController()
    const response = await server.fetch(stream('subscription { forever }', client.signal))
    await untilFirstEvent(response.body?.getReader())
    client.abort()
    await expect.poll(() => ended).toEqual(['forever'])
  })

  it('is ended by a drain with a reason, and new requests are refused', async () => {
    const { server, ended } = setUp()
    const response = await server.fetch(stream('subscription { forever }'))
    const reader = response.body?.getReader()
    await untilFirstEvent(reader)
    await server.drain()
    const chunks: Uint8Array[] = []
    for (let next = await reader?.read(); next?.value; next = await reader?.read()) chunks.push(next.value)
    const [last, complete] = events(Buffer.concat(chunks).toString())
    expect(last?.[1]).toMatchObject({ errors: [{ extensions: { code: 'SHUTTING_DOWN', retryable: true } }] })
    expect(complete?.[0]).toBe('complete')
    await expect.poll(() => ended).toEqual(['forever'])
    expect((await server.fetch(request('{ me }'))).status).toBe(503)
    expect((await server.fetch(new Request('http://fixture/health/ready'))).status).toBe(503)
  })
})
