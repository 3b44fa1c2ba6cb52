import type { Duplex } from 'node:stream'
import type { WebSocket } from 'ws'

/** Sends to one client, at its pace. */
export interface Outlet {
  /** Resolves when the next message may follow: at once while little waits, else when this one has left, or never will because the socket is closed. */
  send(data: string): Promise<void>
  close(): void
}

/** Bytes that may wait before senders do. */
const LITTLE = 16_000

/**
 * A client that takes nothing for `stallMs` although something waits for it, or for which more than `maxBuffered` bytes wait, is given up:
 * `onStall` is called once. Senders wait behind a slow client, so that nothing piles up; what they send at one time goes in one write.
 */
export const createOutlet = (
  socket: WebSocket,
  stream: Duplex,
  options: { readonly stallMs: number; readonly maxBuffered: number; readonly onStall: () => void },
): Outlet => {
  const { stallMs, maxBuffered } = options
  let stalled: NodeJS.Timeout | undefined
  let waiting = 0
  let over = false
  let held = false
  const giveUp = (): void => {
    if (!over) options.onStall()
    over = true
  }
  const rewind = (): void => {
    if (waiting > 0 && !over) stalled = stalled?.refresh() ?? setTimeout(giveUp, stallMs)
    else {
      clearTimeout(stalled)
      stalled = undefined
    }
  }
  /** A write costs as much as everything before it: several messages share one. */
  const holdForOthers = (): void => {
    if (held) return
    held = true
    stream.cork()
    process.nextTick(() => {
      held = false
      stream.uncork()
    })
  }
  return {
    send: data =>
      new Promise(resolve => {
        if (over || socket.readyState !== socket.OPEN) return resolve()
        waiting++
        if (waiting === 1) rewind()
        holdForOthers()
        socket.send(data, () => {
          waiting--
          rewind()
          resolve()
        })
        if (socket.bufferedAmount > maxBuffered) giveUp()
        if (socket.bufferedAmount < LITTLE) resolve()
      }),
    close() {
      over = true
      clearTimeout(stalled)
    },
  }
}
