import type { Gateway } from '@mercato/gateway/composition'

export interface Answer {
  readonly status: number
  readonly headers: Headers
  /** The body as it came. */
  readonly text: string
  // biome-ignore lint/suspicious/noExplicitAny: answers are asserted on, field by field
  readonly data?: any
  readonly errors?: readonly {
    readonly message: string
    readonly path?: readonly (string | number)[]
    readonly extensions?: Readonly<Record<string, unknown>>
  }[]
  readonly extensions?: Readonly<Record<string, unknown>>
}

export interface SendOptions {
  /** Idempotency-Key header. */
  readonly key?: string
  readonly token?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly signal?: AbortSignal
  /** Another gateway instance than the client's own. */
  readonly gateway?: Gateway
}

/** A browser in front of a gateway: it keeps cookies as browsers do, and its access token. */
export interface Client {
  send(query: string, variables?: unknown, options?: SendOptions): Promise<Answer>
  /** Sends a mutation that takes one input; returns its payload. Throws when it was refused. */
  // biome-ignore lint/suspicious/noExplicitAny: payloads are read field by field
  tell(field: string, input: Readonly<Record<string, unknown>>, selection: string, options?: SendOptions): Promise<any>
  signIn(token: string): void
  readonly token: string | undefined
  readonly cookies: Map<string, string>
}

/** The document of a mutation with one input. */
export const mutation = (field: string, selection: string): string => {
  const input = `${field.charAt(0).toUpperCase()}${field.slice(1)}Input!`
  return `mutation ($input: ${input}) { ${field}(input: $input) { ${selection} userErrors { code message field } } }`
}

/** Code of the first error of an answer. */
export const faultIn = ({ errors }: Answer): unknown => errors?.[0]?.extensions?.['code']

export const createClient = (own: Gateway, consumer = 'frontend'): Client => {
  const cookies = new Map<string, string>()
  let signedInWith: string | undefined

  const keepCookies = (headers: Headers): void => {
    for (const cookie of headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? []
      if (/;\s*max-age=0\b/i.test(cookie)) cookies.delete(name)
      else cookies.set(name, value)
    }
  }

  const send: Client['send'] = async (query, variables, options = {}) => {
    const { key, token = signedInWith, headers = {}, signal, gateway = own } = options
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const response = await gateway.fetch(
      new Request('http://gateway/graphql', {
        method: 'POST',
        body: JSON.stringify({ query, variables }),
        headers: {
          'content-type': 'application/json',
          accept: 'application/json',
          'x-consumer-username': consumer,
          ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
          ...(key === undefined ? {} : { 'idempotency-key': key }),
          ...(cookie === '' ? {} : { cookie }),
          ...headers,
        },
        ...(signal ? { signal } : {}),
      }),
    )
    keepCookies(response.headers)
    const text = await response.text()
    const isJson = response.headers.get('content-type')?.includes('json') ?? false
    const body = isJson ? (JSON.parse(text) as Partial<Answer>) : {}
    return { ...body, status: response.status, headers: response.headers, text }
  }

  return {
    send,
    async tell(field, input, selection, options) {
      const answer = await send(mutation(field, selection), { input }, options)
      const payload = answer.data?.[field]
      if (answer.errors || !payload || payload.userErrors.length > 0) throw new Error(`${field}: ${answer.text}`)
      return payload
    },
    signIn(token) {
      signedInWith = token
    },
    get token() {
      return signedInWith
    },
    cookies,
  }
}
