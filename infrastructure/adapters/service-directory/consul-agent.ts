import { Agent, fetch, type Response } from 'undici'

export interface ConsulAgentOptions {
  /** Address of an agent: `http://127.0.0.1:8500`. */
  readonly url: string
  /** ACL token, where the agent asks for one. */
  readonly token?: string
  /** Authority to trust for `https:` instead of the known ones, PEM. */
  readonly ca?: string
}

export interface ConsulCall {
  readonly body?: unknown
  /** Two seconds when absent. */
  readonly signal?: AbortSignal
  /** A failure that is an answer to the caller. */
  readonly but?: number
}

/** An agent's HTTP API. Dispose cuts what is under way. */
export interface ConsulAgent extends AsyncDisposable {
  /** Rejects with one sentence when the agent cannot be reached, or answers with a failure other than `but`. */
  call(method: 'GET' | 'PUT', path: string, options?: ConsulCall): Promise<Response>
}

const CALL_MS = 2_000
/** Of what an agent says about a failure. */
const LONGEST_REASON = 300

const whyOf = (error: unknown): string => {
  const { cause } = error as { cause?: unknown }
  const last = cause instanceof Error ? cause : error
  if (!(last instanceof Error)) return String(last)
  return last.message || ('code' in last ? String(last.code) : last.name)
}

export const createConsulAgent = ({ url, token, ca }: ConsulAgentOptions): ConsulAgent => {
  const base = url.replace(/\/+$/, '')
  const dispatcher = new Agent(ca === undefined ? {} : { connect: { ca } })
  const headers = token === undefined ? {} : { 'x-consul-token': token }
  return {
    async call(method, path, { body, signal = AbortSignal.timeout(CALL_MS), but } = {}) {
      const sent = { ...(body === undefined ? {} : { body: JSON.stringify(body) }), headers, dispatcher, signal }
      const response = await fetch(`${base}/v1${path}`, { method, ...sent }).catch(cause => {
        throw new Error(`Consul cannot be reached: ${whyOf(cause)}`, { cause })
      })
      if (response.ok || response.status === but) return response
      const reason = (await response.text()).trim().slice(0, LONGEST_REASON)
      throw new Error(`Consul answered ${response.status}${reason && `: ${reason}`}`)
    },
    [Symbol.asyncDispose]: () => dispatcher.destroy(),
  }
}
