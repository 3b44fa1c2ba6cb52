import { createClient as createSocket, type ExecutionResult } from 'graphql-ws'
import WebSocket from 'ws'
import { readOperation } from '../../schema/stored-operations.ts'
import { check, eventually } from './expectations.ts'
import { readEvents } from './server-sent-events.ts'
import { type Watch, watch } from './watch.ts'

export interface UserError {
  readonly code: string
  readonly message: string
}

/** Somebody in front of the edge, signed in or not. Runs stored operations only. */
export interface Client extends AsyncDisposable {
  /** Runs a query. @throws Error when the answer has errors */
  ask<Data>(path: string, variables?: object): Promise<Data>
  /** Runs a mutation and returns its payload. @throws Error when it was refused */
  tell<Payload>(path: string, input: object, idempotencyKey?: string): Promise<Payload>
  /** Runs a mutation and returns the code of the refusal, if it was refused. */
  attempt<Payload>(path: string, input: object): Promise<{ readonly payload: Payload; readonly refusal?: string }>
  /** Subscribes over a WebSocket. */
  watch<Told>(path: string, variables: object): Watch<Told>
  /** Subscribes over server-sent events; resolves once the subscription runs. */
  listen<Told>(path: string, variables: object): Promise<Watch<Told>>
  /** Asks until there is an answer other than undefined. @throws Error naming `what` when there is none in time */
  eventually<Found>(what: string, probe: () => Promise<Found | undefined>): Promise<Found>
  signIn(accessToken: string): void
}

interface Answer {
  readonly data?: Readonly<Record<string, unknown>> | null
  readonly errors?: readonly { readonly message: string; readonly extensions?: Readonly<Record<string, unknown>> }[]
}

/** The one root field of an answer. @throws Error when there are errors */
const rootOf = (path: string, { data, errors }: Answer): unknown => {
  const [error] = errors ?? []
  check(!error, `${path} failed: ${error?.extensions?.['code'] ?? ''} ${error?.message}`)
  check(data != null, `${path} was answered without data.`)
  return Object.values(data)[0]
}

export interface ClientOptions {
  /** The edge. */
  readonly url: string
  readonly apiKey: string
  /** How long anything may take that somebody waits for, in milliseconds. */
  readonly patienceMs: number
}

/** A client of the edge, known by its API key. */
export const createClient = ({ url, apiKey, patienceMs }: ClientOptions): Client => {
  const endpoint = new URL('/graphql', url)
  const address = new URL(endpoint)
  address.protocol = address.protocol.replace('http', 'ws')
  address.searchParams.set('X-API-Key', apiKey)
  const open = new Set<AsyncDisposable>()
  let accessToken: string | undefined
  let session: string | undefined

  const headers = (more: Readonly<Record<string, string>> = {}): Record<string, string> => ({
    'x-api-key': apiKey,
    'content-type': 'application/json',
    accept: 'application/json',
    ...(accessToken === undefined ? {} : { authorization: `Bearer ${accessToken}` }),
    ...(session === undefined ? {} : { 'x-consistency-token': session }),
    ...more,
  })

  const run = async (path: string, variables: object, key?: string): Promise<Answer> => {
    const { query } = readOperation(path)
    const response = await fetch(endpoint, {
      method: 'POST',
      headers: headers(key === undefined ? {} : { 'idempotency-key': key }),
      body: JSON.stringify({ query, variables }),
      signal: AbortSignal.timeout(patienceMs),
    })
    session = response.headers.get('x-consistency-token') ?? session
    const text = await response.text()
    const isAnswer = /^\s*\{\s*"(data|errors|extensions)"/.test(text)
    check(isAnswer, `${path} got no answer of the graph but ${response.status}: ${text.slice(0, 200)}`)
    return JSON.parse(text) as Answer
  }

  const attempt: Client['attempt'] = async <Payload>(path: string, input: object, key?: string) => {
    const payload = rootOf(path, await run(path, { input }, key)) as Payload & { readonly userErrors: UserError[] }
    const [refusal] = payload.userErrors
    return refusal ? { payload, refusal: refusal.code } : { payload }
  }

  const kept = <Told>(watching: Watch<Told>): Watch<Told> => {
    open.add(watching)
    return watching
  }

  return {
    async ask<Data>(path: string, variables = {}) {
      const answer = await run(path, variables)
      rootOf(path, answer)
      return answer.data as Data
    },

    async tell<Payload>(path: string, input: object, key?: string) {
      const payload = rootOf(path, await run(path, { input }, key)) as Payload & { readonly userErrors: UserError[] }
      const [refusal] = payload.userErrors
      check(!refusal, `${path} was refused: ${refusal?.code} ${refusal?.message}`)
      return payload
    },

    attempt,

    watch<Told>(path: string, variables: object) {
      const socket = createSocket({
        url: address.toString(),
        webSocketImpl: WebSocket,
        retryAttempts: 0,
        ...(accessToken === undefined ? {} : { connectionParams: { authorization: `Bearer ${accessToken}` } }),
      })
      const results = socket.iterate({ query: readOperation(path).query, variables: { ...variables } })
      const told = async function* (): AsyncGenerator<Told> {
        for await (const result of results as AsyncIterable<ExecutionResult<Record<string, unknown>>>)
          yield rootOf(path, result as Answer) as Told
      }
      return kept(watch(told(), () => void socket.dispose(), patienceMs))
    },

    async listen<Told>(path: string, variables: object) {
      const stop = new AbortController()
      const response = await fetch(endpoint, {
        method: 'POST',
        headers: headers({ accept: 'text/event-stream' }),
        body: JSON.stringify({ query: readOperation(path).query, variables }),
        signal: stop.signal,
      })
      check(response.ok && response.body !== null, `${path} was not accepted: ${response.status}.`)
      const body = response.body
      const told = async function* (): AsyncGenerator<Told> {
        for await (const data of readEvents(body, stop.signal)) yield rootOf(path, data as Answer) as Told
      }
      return kept(watch(told(), () => stop.abort(), patienceMs))
    },

    eventually: (what, probe) => eventually(what, probe, patienceMs),

    signIn(token) {
      accessToken = token
    },

    async [Symbol.asyncDispose]() {
      for (const each of open) await each[Symbol.asyncDispose]()
    },
  }
}
