import { Closed, Fault } from '@mercato/shared-kernel/application'
import { afterEach, describe, expect, it } from 'vitest'
import { TooLarge } from './failures.ts'
import { postTo, type SubgraphTransport, type TransportLimits } from './subgraph-transport.ts'

type Handler = (request: Request) => Promise<Response>

/** Builds the transport under test in front of a handler, and whatever has to be closed after it. */
export type OpenTransport = (
  handler: Handler,
  limits?: TransportLimits,
) => Promise<{ transport: SubgraphTransport; close(): Promise<void> }>

const post = (body: string, signal?: AbortSignal): Request =>
  new Request('http://subgraph/graphql?x=1', {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-mercato-context': 'abc' },
    body,
    ...(signal && { signal }),
  })

const read = async (response: Response): Promise<string> => response.text()

/** What the port promises, against a real handler behind the transport. */
export const subgraphTransportContract = (name: string, open: OpenTransport): void => {
  describe(`a ${name} subgraph transport`, () => {
    const opened: { close(): Promise<void> }[] = []
    const connect = async (handler: Handler, limits?: TransportLimits): Promise<SubgraphTransport> => {
      const it = await open(handler, limits)
      opened.push(it)
      return it.transport
    }
    afterEach(async () => {
      for (const it of opened.splice(0)) await it.close()
    })

    it('carries method, path, headers and body there, and status, headers and body back', async () => {
      const transport = await connect(async request =>
        Response.json(
          {
            path: new URL(request.url).pathname + new URL(request.url).search,
            context: request.headers.get('x-mercato-context'),
            body: await request.text(),
          },
          { status: 418, headers: { 'x-back': 'yes' } },
        ),
      )
      const response = await transport.fetch(post('{"ü":1}'))
      expect(response.status).toBe(418)
      expect(response.headers.get('x-back')).toBe('yes')
      expect(await response.json()).toEqual({ path: '/graphql?x=1', context: 'abc', body: '{"ü":1}' })
    })

    it('serves calls in parallel', async () => {
      const transport = await connect(async request => new Response(await request.text()))
      const answers = await Promise.all(
        Array.from({ length: 50 }, async (_, i) => read(await transport.fetch(post(`${i}`)))),
      )
      expect(answers).toEqual(Array.from({ length: 50 }, (_, i) => `${i}`))
    })

    it('hands over a live stream event by event, and ends it at its source when the reader cancels', async () => {
      let cancelled = false
      let sent = 0
      const transport = await connect(async () => {
        const body = new ReadableStream<Uint8Array>({
          pull: controller => {
            if (sent < 2) controller.enqueue(Buffer.from(`data: ${++sent}\n\n`))
            else return new Promise(() => undefined)
            return undefined
          },
          cancel: () => {
            cancelled = true
          },
        })
        return new Response(body, { headers: { 'content-type': 'text/event-stream' } })
      })
      const reader = (await transport.fetch(post(''))).body?.getReader()
      let text = ''
      while (!text.includes('data: 2')) text += Buffer.from((await reader?.read())?.value ?? []).toString()
      await reader?.cancel()
      await expect.poll(() => cancelled).toBe(true)
    })

    it('ends a live stream at its source when the caller aborts, and fails for the reader', async () => {
      let cancelled = false
      const transport = await connect(async () => {
        const body = new ReadableStream<Uint8Array>({
          start: controller => controller.enqueue(Buffer.from('data: 1\n\n')),
          cancel: () => {
            cancelled = true
          },
        })
        return new Response(body, { headers: { 'content-type': 'text/event-stream' } })
      })
      const caller = new AbortController()
      const reader = (await transport.fetch(post('', caller.signal))).body?.getReader()
      await reader?.read()
      caller.abort(new Error('enough'))
      await expect(reader?.read()).rejects.toThrow('enough')
      await expect.poll(() => cancelled).toBe(true)
    })

    it('rejects with the reason of a caller who aborts while waiting', async () => {
      const transport = await connect(() => new Promise(() => undefined))
      const caller = new AbortController()
      const answer = transport.fetch(post('', caller.signal))
      setTimeout(() => caller.abort(new Error('enough')), 20)
      await expect(answer).rejects.toThrow('enough')
      await expect(transport.fetch(post('', AbortSignal.abort(new Error('before'))))).rejects.toThrow('before')
    })

    it('rejects with TIMEOUT when no head comes in time', async () => {
      const transport = await connect(() => new Promise(() => undefined), { headTimeoutMs: 50 })
      const error = await transport.fetch(post('')).catch((e: unknown) => e)
      expect(error).toBeInstanceOf(Fault)
      expect(error).toMatchObject({ code: 'TIMEOUT', message: 'The fixture service did not answer in time.' })
    })

    it('fails a body that is too large while it is read, but not a live stream', async () => {
      const handler =
        (type: string): Handler =>
        async () =>
          new Response('x'.repeat(5_000), { headers: { 'content-type': type } })
      const large = await connect(handler('application/json'), { maxBytes: 1_000 })
      await expect(large.fetch(post('')).then(read)).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE' })
      const live = await connect(handler('text/event-stream'), { maxBytes: 1_000 })
      expect(await live.fetch(post('')).then(read)).toHaveLength(5_000)
    })

    it('fails a body that breaks off', async () => {
      const transport = await connect(async () => {
        let sent = false
        return new Response(
          new ReadableStream<Uint8Array>({
            pull: controller => {
              if (sent) controller.error(new Error('disk of host 10.0.0.7 is gone'))
              else controller.enqueue(Buffer.from('{"data":'))
              sent = true
            },
          }),
        )
      })
      const error = await transport
        .fetch(post(''))
        .then(read, (e: unknown) => e)
        .catch((e: unknown) => e)
      expect(error).toMatchObject({ code: 'SERVICE_UNAVAILABLE' })
      expect(String(error)).not.toContain('10.0.0.7')
    })

    const ask = (transport: SubgraphTransport, body: string, signal = new AbortController().signal) =>
      postTo(transport, { path: '/graphql?x=1', headers: { 'content-type': 'text/plain', 'x-a': 'b' }, body, signal })

    it('asks for a whole answer at once, with path, headers and body, whatever the status', async () => {
      const transport = await connect(async request => {
        const { pathname, search } = new URL(request.url)
        return new Response(
          `${request.method} ${pathname}${search} ${request.headers.get('x-a')} ${await request.text()}`,
          {
            status: 418,
          },
        )
      })
      expect(await ask(transport, 'ü')).toEqual({ status: 418, text: 'POST /graphql?x=1 b ü' })
      const answers = await Promise.all(Array.from({ length: 50 }, (_, i) => ask(transport, `${i}`)))
      expect(answers.map(({ text }) => text.split(' ')[3])).toEqual(Array.from({ length: 50 }, (_, i) => `${i}`))
    })

    it('gives a whole answer up when its caller does, when it is late, too large or breaks off', async () => {
      const silent = await connect(() => new Promise(() => undefined))
      const caller = new AbortController()
      const answer = ask(silent, '', caller.signal)
      setTimeout(() => caller.abort(new Error('enough')), 20)
      await expect(answer).rejects.toThrow('enough')
      await expect(ask(silent, '', AbortSignal.abort(new Error('before')))).rejects.toThrow('before')
      const late = await connect(() => new Promise(() => undefined), { headTimeoutMs: 50 })
      await expect(ask(late, '')).rejects.toMatchObject({
        code: 'TIMEOUT',
        message: 'The fixture service did not answer in time.',
      })
      const large = await connect(async () => new Response('x'.repeat(5_000)), { maxBytes: 1_000 })
      await expect(ask(large, '')).rejects.toBeInstanceOf(TooLarge)
      const breaking = await connect(
        async () =>
          new Response(
            new ReadableStream({ pull: controller => controller.error(new Error('disk of host 10.0.0.7 is gone')) }),
          ),
      )
      const error = await ask(breaking, '').catch((e: unknown) => e)
      expect(error).toMatchObject({ code: 'SERVICE_UNAVAILABLE' })
      expect(String(error)).not.toContain('10.0.0.7')
    })

    it('fails running calls when it is closed, and refuses later ones', async () => {
      const { transport, close } = await open(() => new Promise(() => undefined))
      const running = transport.fetch(post('')).catch((e: unknown) => e)
      const asked = ask(transport, '').catch((e: unknown) => e)
      await new Promise(resolve => setImmediate(resolve))
      await transport[Symbol.asyncDispose]()
      await transport[Symbol.asyncDispose]()
      for (const each of [running, asked]) expect(await each).toMatchObject({ code: 'SERVICE_UNAVAILABLE' })
      await expect(transport.fetch(post(''))).rejects.toBeInstanceOf(Closed)
      await expect(ask(transport, '')).rejects.toBeInstanceOf(Closed)
      await close()
    })
  })
}
