import { readOperation } from '../../../schema/stored-operations.ts'
import { readEvents } from '../server-sent-events.ts'

export const API_KEY = 'frontend-api-key-12345'
const PASSWORD = 'correct horse battery staple'

export interface GraphQLAnswer {
  // biome-ignore lint/suspicious/noExplicitAny: answers are asserted on, field by field
  readonly data?: any
  readonly errors?: readonly { readonly message: string }[]
}

/** Calls the edge as a front end does: JSON in, JSON out, as somebody or as nobody, and reads what it wrote. */
export const createFrontEnd = (url: string, token?: string) => {
  let session: string | undefined
  const call = async (method: string, address: string | URL, value: unknown): Promise<Response> => {
    const headers = {
      'x-api-key': API_KEY,
      'content-type': 'application/json',
      accept: 'application/json',
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(session === undefined ? {} : { 'x-consistency-token': session }),
    }
    const body = value === undefined ? {} : { body: JSON.stringify(value) }
    const response = await fetch(address, { method, headers, ...body })
    session = response.headers.get('x-consistency-token') ?? session
    return response
  }
  return {
    /** Asks what no stored operation asks. */
    async ask(query: string, variables: object = {}): Promise<GraphQLAnswer> {
      return (await (await call('POST', `${url}/graphql`, { query, variables })).json()) as GraphQLAnswer
    },
    async run(path: string, variables: object = readOperation(path).variables): Promise<GraphQLAnswer> {
      const response = await call('POST', `${url}/graphql`, { query: readOperation(path).query, variables })
      return (await response.json()) as GraphQLAnswer
    },
    /** Subscribes over server-sent events; resolves with what will be the first event once the subscription runs. */
    async follow(path: string, variables: object): Promise<() => Promise<GraphQLAnswer>> {
      const stop = AbortSignal.timeout(20_000)
      const response = await fetch(`${url}/graphql`, {
        method: 'POST',
        headers: {
          'x-api-key': API_KEY,
          'content-type': 'application/json',
          accept: 'text/event-stream',
          ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        },
        body: JSON.stringify({ query: readOperation(path).query, variables }),
        signal: stop,
      })
      const { body } = response
      if (!response.ok || !body) throw new Error(`${path} was not accepted: ${response.status}`)
      return async () => {
        for await (const event of readEvents(body, stop)) return event as GraphQLAnswer
        throw new Error(`${path} ended without an event`)
      }
    },
    async rest(method: string, path: string, value?: unknown) {
      const response = await call(method, new URL(path, `${url}/api/v1/`), value)
      // biome-ignore lint/suspicious/noExplicitAny: answers are asserted on, field by field
      return { status: response.status, headers: response.headers, json: (await response.json()) as any }
    },
  }
}
export type FrontEnd = ReturnType<typeof createFrontEnd>

/** Signs in somebody of the demo data. */
export const frontEndOf = async (url: string, who: string): Promise<FrontEnd> => {
  const { json } = await createFrontEnd(url).rest('POST', 'sessions', {
    email: `${who}@mercato.local`,
    password: PASSWORD,
  })
  return createFrontEnd(url, json.accessToken)
}
