import type { WebSocket } from 'ws'

/** Sends to one client, at its pace. */
export interface Outlet {
  /** Resolves when the message has left this process, or will never leave it because the socket is closed. */
  send(data: string): Promise<void>
  close(): void
}

/**
 * A client that takes nothing for `stallMs` although something waits for it, or for which more than `maxBuffered` bytes wait, is given up:
 * `onStall` is called once. Senders wait for their message to leave, so that nothing piles up behind a slow client.
 */
export const createOutlet = (
  socket: WebSocket,
  options: { readonly stallMs: number; readonly maxBuffered: number; readonly onStall: () => void },
): Outlet => {
  const { stallMs, maxBuffered } = options
  let stalled: NodeJS.Timeout | undefined
  let waiting = 0
  let over = false
  const giveUp = (): void => {
    if (!over) options.onStall()
    over = true
  }
  const rewind = (): void => {
    clearTimeout(stalled)
    stalled = waiting > 0 && !over ? setTimeout(giveUp, stallMs) : undefined
  }
  return {
    send: data =>
      new Promise(resolve => {
        if (over || socket.readyState !== socket.OPEN) return resolve()
        waiting++
        if (waiting === 1) rewind()
        socket.send(data, () => {
          waiting--
          rewind()
          resolve()
        })
        if (socket.bufferedAmount > maxBuffered) giveUp()
      }),
    close() {
      over = true
      clearTimeout(stalled)
    },
  }
}
