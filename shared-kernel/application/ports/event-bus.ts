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
   * `attempts` (default 3), then `onPoison` is called and the partition moves on. Messages of one key never overlap.
   */
  readonly handler: (message: DeliveredMessage) => Promise<void>
  readonly attempts?: number
  readonly onPoison?: (message: DeliveredMessage, cause: unknown) => Promise<void>
}

/**
 * Publish/subscribe with Kafka's semantics: topics, partitions, keys, consumer groups, offsets, at-least-once delivery.
 * After dispose every call rejects with `Closed`; disposing waits for handlers in flight.
 */
export interface EventBus extends AsyncDisposable {
  /** Resolves when the bus holds the messages, in order per key. An empty list does nothing. */
  publish(topic: string, messages: readonly BusMessage[]): Promise<void>
  /** Resolves when the consumer will see every message published from now on. Dispose the subscription to leave the group. */
  subscribe(options: SubscribeOptions): Promise<BusSubscription>
  /**
   * Where a relay must start so that no group of this topic misses a message: `undefined` when the bus stores messages itself
   * (the relay's own checkpoint is right), else the log position of the oldest offset committed on the topic.
   */
  resumePosition(topic: string): Promise<string | undefined>
}
