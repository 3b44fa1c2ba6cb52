import type { OpenGateway } from './open-gateway.ts'

export interface Event {
  readonly event: string
  // biome-ignore lint/suspicious/noExplicitAny: events are asserted on, field by field
  readonly data?: any
}

/** What an event stream has said so far. */
export const parseEvents = (text: string): Event[] =>
  [...text.matchAll(/event: (\w+)\ndata: ?(.*)\n/g)].map(([, event = '', data]) => ({
    event,
    ...(data && { data: JSON.parse(data) }),
  }))

/** An operation over `text/event-stream`. */
export const sse = (
  gate: OpenGateway,
  query: string,
  options: { token?: string; variables?: unknown; signal?: AbortSignal; accept?: string } = {},
) =>
  gate.gateway.fetch(
    new Request('http://gateway/graphql', {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: options.accept ?? 'text/event-stream',
        ...(options.token && { authorization: `Bearer ${options.token}` }),
      },
      body: JSON.stringify({ query, variables: options.variables }),
      ...(options.signal && { signal: options.signal }),
    }),
  )
/** The whole of a stream that ends. */
export const events = async (response: Response | Promise<Response>): Promise<Event[]> =>
  parseEvents(await (await response).text())
