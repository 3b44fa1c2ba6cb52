import {
  type Consistency,
  type GatewayContext,
  signGatewayContext,
  type Viewer,
} from '@mercato/shared-kernel/application'

export interface Answer {
  // biome-ignore lint/suspicious/noExplicitAny: answers are asserted on, field by field
  readonly data?: any
  readonly errors?: readonly {
    readonly message: string
    readonly path?: readonly (string | number)[]
    readonly extensions?: Record<string, unknown>
  }[]
  readonly extensions?: { readonly consistency?: Consistency }
}

export interface CallOptions {
  readonly viewer?: Viewer
  readonly idempotencyKey?: string
  readonly consistency?: Consistency
  readonly correlationId?: string
  /** Milliseconds the subgraph has for the answer; default 10 s. */
  readonly timeoutMs?: number
}

interface Callable {
  fetch(request: Request): Promise<Response>
}

/** A viewer as the gateway would vouch for one. */
export const viewerOf = (
  id: string,
  options: { readonly roles?: readonly string[]; readonly scopes?: readonly string[] } = {},
): Viewer => ({
  consumer: 'frontend',
  user: {
    id,
    roles: options.roles ?? ['CUSTOMER'],
    scopes: options.scopes ?? [],
    sessionId: `session-of-${id}`,
    emailVerified: true,
    authenticatedAt: Math.floor(Date.now() / 1000),
  },
})

/** The items of a stream of server-sent events; the one answer of a subgraph that did not stream. */
async function* itemsOf(response: Response, signal: AbortSignal, end: () => void): AsyncGenerator<Answer> {
  if (!response.body) throw new Error(`no stream: ${response.status}`)
  if (!response.headers.get('content-type')?.startsWith('text/event-stream')) {
    yield (await response.json()) as Answer
    return
  }
  let text = ''
  const decoder = new TextDecoder()
  try {
    for await (const chunk of response.body) {
      text += decoder.decode(chunk, { stream: true })
      for (let at = text.indexOf('\n\n'); at >= 0; at = text.indexOf('\n\n')) {
        const lines = text.slice(0, at).split('\n')
        text = text.slice(at + 2)
        const field = (name: string) =>
          lines
            .find(line => line.startsWith(`${name}:`))
            ?.slice(name.length + 1)
            .trim()
        if (field('event') === 'complete') return
        const data = field('data')
        if (data && field('event') === 'next') yield JSON.parse(data) as Answer
      }
    }
  } catch (error) {
    if (!signal.aborted) throw error
  } finally {
    end()
  }
}

/** Calls a subgraph as its gateway does: signed, in-process. The session's consistency is kept between calls unless given. */
export const subgraphClient = (
  subgraph: Callable,
  defaults: { readonly secret: string; readonly now?: () => number } & CallOptions,
) => {
  const now = defaults.now ?? Date.now
  const request = (
    document: string,
    variables: unknown,
    options: CallOptions,
    headers: Record<string, string>,
    signal?: AbortSignal,
  ) => {
    const {
      viewer = { consumer: 'frontend' },
      idempotencyKey,
      consistency = {},
      correlationId = 'test',
      timeoutMs = 10_000,
    } = { ...defaults, ...options }
    const body = JSON.stringify({ query: document, variables })
    const context: GatewayContext = {
      viewer,
      correlationId,
      consistency,
      deadline: now() + timeoutMs,
      issuedAt: now(),
      ...(idempotencyKey === undefined ? {} : { idempotencyKey }),
    }
    return new Request('http://subgraph/graphql', {
      method: 'POST',
      body,
      headers: {
        'content-type': 'application/json',
        ...headers,
        ...signGatewayContext(defaults.secret, context, body),
      },
      ...(signal ? { signal } : {}),
    })
  }

  const listen = async (
    document: string,
    variables: unknown = {},
    options: CallOptions = {},
    signal?: AbortSignal,
  ): Promise<AsyncGenerator<Answer>> => {
    const stop = new AbortController()
    const either = signal ? AbortSignal.any([signal, stop.signal]) : stop.signal
    const response = await subgraph.fetch(
      request(document, variables, options, { accept: 'text/event-stream' }, either),
    )
    return itemsOf(response, either, () => stop.abort())
  }

  return {
    async query(document: string, variables: unknown = {}, options: CallOptions = {}): Promise<Answer> {
      const response = await subgraph.fetch(request(document, variables, options, { accept: 'application/json' }))
      return (await response.json()) as Answer
    },

    /** Subscribes, resolving once the subgraph has taken the subscription: whatever happens from then on is seen. */
    listen,

    /** Items of a subscription until `signal` aborts, the subgraph completes, or the loop is left. Subscribes at the first pull. */
    async *subscribe(
      document: string,
      variables: unknown = {},
      options: CallOptions = {},
      signal?: AbortSignal,
    ): AsyncGenerator<Answer> {
      yield* await listen(document, variables, options, signal)
    },
  }
}
