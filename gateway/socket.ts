import type { Duplex } from 'node:stream'
import { Fault, type Metrics } from '@mercato/shared-kernel/application'
import { CloseCode } from 'graphql-ws'
import type { WebSocket } from 'ws'
import type { Lifetime } from './lifetimes.ts'
import { createOutlet } from './socket-outlet.ts'

export interface SocketOptions {
  readonly metrics: Metrics
  /** Milliseconds a client may take to take a message, and bytes that may wait for it; then 1013. */
  readonly stallMs: number
  readonly maxBuffered: number
  /** Milliseconds between pings; a socket that does not answer before the next one is dropped. */
  readonly pingMs: number
}

/** One client's socket: kept alive, never a burden, and closed with a code that says why. */
export interface GuardedSocket {
  /** Resolves when the message has left, or never will. */
  send(data: string): Promise<void>
  /** Closes with a code, and for good a little later. */
  end(code: number, reason: string): void
  /** Closes the socket when this lifetime is over. */
  obey(lifetime: Lifetime): void
}

/** Tells clients to come back later; well-behaved ones reconnect and resume. */
export const TRY_AGAIN_LATER = 1013
const GOING_AWAY = 1001
/** How long a client may take to read that it is being disconnected. */
const CLOSING_MS = 5_000

export const guardSocket = (
  socket: WebSocket,
  stream: Duplex,
  { metrics, stallMs, maxBuffered, pingMs }: SocketOptions,
): GuardedSocket => {
  const end = (code: number, reason: string): void => {
    socket.close(code, reason)
    setTimeout(() => socket.terminate(), CLOSING_MS).unref()
  }
  const onStall = (): void => {
    metrics.count('mercato_gateway_slow_clients_total')
    end(TRY_AGAIN_LATER, 'SLOW_CLIENT: connect again and resume with your last cursor')
  }
  const outlet = createOutlet(socket, stream, { stallMs, maxBuffered, onStall })

  let alive = true
  const ping = setInterval(() => {
    if (!alive) return socket.terminate()
    alive = false
    socket.ping()
  }, pingMs)
  socket.on('pong', () => {
    alive = true
  })
  // A message that breaks the protocol or is too large: the library closes with its code, which the sender shall see.
  socket.on('error', () => {
    setTimeout(() => socket.terminate(), CLOSING_MS).unref()
  })
  socket.once('close', () => {
    clearInterval(ping)
    outlet.close()
  })

  return {
    send: data => outlet.send(data),
    end,
    obey({ signal }) {
      const over = () => {
        const stopping = signal.reason instanceof Fault && signal.reason.code === 'SHUTTING_DOWN'
        if (stopping) end(GOING_AWAY, 'SHUTTING_DOWN: connect again and resume with your last cursor')
        else end(CloseCode.Forbidden, 'UNAUTHENTICATED: the access token has expired or was revoked')
      }
      if (signal.aborted) over()
      else signal.addEventListener('abort', over, { once: true })
    },
  }
}
