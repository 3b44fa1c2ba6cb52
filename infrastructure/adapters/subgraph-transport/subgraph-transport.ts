/**
 * The way from the gateway to one subgraph: the same calls whether it lives in this process or behind a socket.
 *
 * - `fetch` resolves as soon as the head of a live stream is there, and at the latest when any other answer has come whole. A stream ends
 *   when `request.signal` aborts or its reader cancels.
 * - It rejects only with a `Fault`: SERVICE_UNAVAILABLE when the subgraph cannot be reached or breaks off, TIMEOUT when it does not
 *   answer in time; the body's stream fails with the same. When the caller aborts it rejects with the signal's reason.
 *   A fault's message names the subgraph, never a host.
 * - A body larger than `maxBytes` fails with SERVICE_UNAVAILABLE while it is read; live streams (`text/event-stream`) are not counted.
 * - `reached` tells a fault before the subgraph saw anything (safe to repeat even for a mutation) from one after.
 * - Closing waits for nothing: running calls fail, later calls reject with `Closed`.
 */
export interface SubgraphTransport extends AsyncDisposable {
  fetch(request: Request): Promise<Response>
  /** As `fetch`, for what is asked many times a second; the whole answer must be there in the time for a head. See `postTo`. */
  post?(call: Call): Promise<WholeAnswer>
}

/** A POST whose answer is wanted whole. */
export interface Call {
  /** Path and query. */
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  readonly signal: AbortSignal
}

export interface WholeAnswer {
  readonly status: number
  readonly text: string
}

/** Asks by the transport's own `post`, which costs less, or else by `fetch`. */
export const postTo = async (transport: SubgraphTransport, call: Call): Promise<WholeAnswer> => {
  if (transport.post) return transport.post(call)
  const { path, headers, body, signal } = call
  const response = await transport.fetch(
    new Request(`http://subgraph${path}`, { method: 'POST', headers, body, signal }),
  )
  return { status: response.status, text: await response.text() }
}

export interface TransportLimits {
  /** Milliseconds until the head of an answer must be there; 10 s when absent. */
  readonly headTimeoutMs?: number
  /** Bytes an answer may have; 16 MB when absent. */
  readonly maxBytes?: number
}

export const DEFAULT_LIMITS = { headTimeoutMs: 10_000, maxBytes: 16_000_000 } as const
