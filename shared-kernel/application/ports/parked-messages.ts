export interface ParkedMessage {
  readonly id: string
  readonly topic: string
  readonly group: string
  readonly key: string
  readonly message: unknown
  /** Code and sentence of the failure, without personal data. */
  readonly cause: string
  readonly parkedAt: Date
}

/**
 * Messages that could not be handled. Parking the same (group, message id) again replaces the cause; the message keeps its place.
 * After dispose every call rejects with `Closed`.
 */
export interface ParkedMessages extends AsyncDisposable {
  park(message: ParkedMessage): Promise<void>
  /** In the order in which they were parked. */
  list(filter: { readonly group?: string; readonly limit: number }): Promise<readonly ParkedMessage[]>
  /** How many messages each group has parked; groups without any are absent. */
  counts(): Promise<ReadonlyMap<string, number>>
  /** Whether the key has parked messages in the group: later messages of that key must be parked behind them. */
  holds(group: string, key: string): Promise<boolean>
  /** Takes a message off the list; an unknown one does nothing. */
  remove(group: string, id: string): Promise<void>
}
