import type { IncomingMessage, RequestListener } from 'node:http'
import type { Consumer, Route, Service } from './config/model.ts'
import type { HeaderMap } from './headers.ts'
import type { RequestTarget } from './uri.ts'

export type Response = Parameters<RequestListener>[1]

/** One request on its way through the edge. Plugins read it and change what the target will see. */
export interface Exchange {
  /** Sent to both sides as X-Kong-Request-Id. */
  readonly id: string
  readonly request: IncomingMessage
  readonly response: Response
  readonly clientIp: string
  /** Whether the client asks for a WebSocket. */
  readonly upgrade: boolean
  /** Milliseconds since the epoch, from the edge's clock. */
  readonly at: number
  /** The head that the target will see; starts as the client's without identity and hop-by-hop headers. */
  readonly headers: HeaderMap
  /** The path and query that the target will see. */
  readonly target: RequestTarget
  readonly route: Route | undefined
  readonly service: Service | undefined
  /** Set by the authenticating plugin. */
  consumer?: Consumer
  credentialId?: string
  /** The body, where a plugin had to read it before the target does. */
  body?: Buffer
  /** Monotonic milliseconds, for latencies. */
  readonly timing: { readonly arrived: number; forwarded?: number; answered?: number }
}

/** An answer of the edge's own, in place of the target's. */
export type Reply =
  | {
      readonly kind: 'error'
      readonly status: number
      readonly message: string
      readonly code?: string
      readonly headers?: Readonly<Record<string, string | number>>
    }
  | {
      readonly kind: 'content'
      readonly status: number
      readonly headers: Readonly<Record<string, string | number | readonly string[]>>
      readonly body?: Buffer
    }

export const refuse = (
  status: number,
  message: string,
  extra: { code?: string; headers?: Record<string, string | number> } = {},
): Reply => ({ kind: 'error', status, message, ...extra })

/** First line of a header as the target will see it. */
export const headerOf = (exchange: Exchange, name: string): string | undefined => exchange.headers.get(name)?.[0]
