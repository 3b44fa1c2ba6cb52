import type { Result } from '../document.ts'
import { ClientFailure, lost } from '../failure.ts'
import { headersFor } from '../headers.ts'
import { resultIn } from '../result.ts'
import { readEventStream } from './event-stream.ts'
import type { LiveTransport, LiveTransportOptions } from './live-transport.ts'

/** A gateway sends something every 12 s, if only a comment: after so many milliseconds without, it is gone. */
const SILENCE = 40_000

/** Aborts when nothing was read for {@link SILENCE}. */
const watched = (body: ReadableStream<Uint8Array>, giveUp: () => void): ReadableStream<Uint8Array> => {
  let timer = setTimeout(giveUp, SILENCE)
  return body.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        clearTimeout(timer)
        timer = setTimeout(giveUp, SILENCE)
        controller.enqueue(chunk)
      },
      flush: () => clearTimeout(timer),
    }),
  )
}

/** Live operations over `text/event-stream`: one connection each, read at the pace of whoever takes the results. */
export const createServerSentEvents = (options: LiveTransportOptions): LiveTransport => {
  const closed = new AbortController()
  return {
    async *open(request, { signal, onOpen }) {
      const silent = new AbortController()
      const ending = AbortSignal.any([signal, closed.signal, silent.signal])
      const headers = { ...headersFor(options.apiKey, await options.accessToken()), accept: 'text/event-stream' }
      try {
        const init = { method: 'POST', headers, body: JSON.stringify(request), signal: ending }
        const response = await fetch(options.url, init).catch(error => {
          throw lost(error)
        })
        if (!response.body || !response.headers.get('content-type')?.startsWith('text/event-stream'))
          return yield await resultIn(response)
        onOpen()
        const messages = readEventStream(watched(response.body, () => silent.abort()))
        for await (const { event, data } of messages) {
          if (event === 'complete') return
          if (event === 'next') yield JSON.parse(data) as Result
        }
        throw lost(new Error('the stream broke off'))
      } catch (error) {
        if (signal.aborted || closed.signal.aborted) return
        throw error instanceof ClientFailure ? error : lost(error)
      }
    },
    close: () => closed.abort(),
  }
}
