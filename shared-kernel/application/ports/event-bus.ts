/** A message on a topic. Messages with one key keep their order; keys are spread over partitions. */
export interface BusMessage {
  readonly key: string
  /** The event's id: for people and logs, consumers dedupe by (stream, revision). */
  readonly id: string
  readonly value: unknown
  readonly headers: Readonly<Record<string, string>>
  /** Place of the source event in its log; lets a bus without storage of its own resume from the log. */
  readonly position: string
}

export interface DeliveredMessage extends BusMessage {
  readonly topic: string
  readonly partition: number
  /** 1 for the first try. */
  readonly attempt: number
}

export interface BusSubscription extends AsyncDisposable {
  readonly group: string
}

export interface SubscribeOptions {
  readonly topic: string
  /** Consumers of one group share the partitions; every group gets every message. */
  readonly group: string
  /** Where a group without committed offsets starts. `live` groups are private to an instance, keep no offsets and start at the end. */
  readonly from: 'earliest' | 'latest' | 'live'
  /**
   * Resolves when the message is done; its offset is committed after that. A rejection is retried with back-off, up to
   * `attempts` (default 3), then `onPoison` is called and the partition moves on. Without `onPoison` the message is logged and
   * skipped; an `onPoison` that rejects is called again until it does not. Messages of one key never overlap. What is delivered
   * is shared and must not be changed.
   */
  readonly handler: (message: DeliveredMessage) => Promise<void>
  readonly attempts?: number
  readonly onPoison?: (message: DeliveredMessage, cause: unknown) => Promise<void>
  /** `live` only: the consumer fell too far behind and gets nothing more; it must subscribe anew and catch up from the log. */
  readonly onLost?: (reason: Error) => void
}

/**
 * Publish/subscribe with Kafka's semantics: topics, partitions, keys, consumer groups, offsets, at-least-once delivery.
 * After dispose every call rejects with `Closed`; disposing waits for handlers in flight.
 */
export interface EventBus extends AsyncDisposable {
  /**
   * Resolves when the bus holds the messages, in order per key and call, and has room for more: a slow group slows the
   * publisher down, a `live` one never does. Messages of one event (one position) go into one call. An empty list publishes
   * nothing. `upTo` says that the log is published up to there, also where no message came of it: groups that have handled
   * everything need not go back behind it.
   */
  publish(topic: string, messages: readonly BusMessage[], upTo?: string): Promise<void>
  /** Resolves when the consumer will see every message published from now on. Dispose the subscription to leave the
   * group: what it has in hand is waited for (so not from its own handler), the rest goes to the other members. */
  subscribe(options: SubscribeOptions): Promise<BusSubscription>
  /**
   * Where a relay must start so that no group of this topic misses a message: `undefined` when the bus stores messages itself
   * (the relay's own checkpoint is right), else the log position of the oldest offset committed on the topic.
   */
  resumePosition(topic: string): Promise<string | undefined>
  /**
   * Calls back when a group needs messages of a topic that were published before it was there and are not stored: the relay
   * must start over from {@link resumePosition}. Until somebody listens, such a group is refused. A bus that stores messages
   * never calls. Returns how to stop.
   */
  onRewind(listener: (topic: string) => void): () => void
}
