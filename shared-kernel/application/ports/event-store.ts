import type { EncodedEvent, RecordedEvent } from '../event-envelope.ts'

/** Expected revision of a stream that does not exist yet. */
export const NO_STREAM = -1

export interface AppendResult {
  /** Revision of the last event of this append (of the stream, when nothing was appended). */
  readonly revision: number
  /** True when every event id was already in the stream: nothing was written, the original place is returned. */
  readonly duplicate: boolean
}

export interface LogPage {
  readonly events: readonly RecordedEvent[]
  /** Where the next page starts; equals `after` when nothing is there yet. */
  readonly next: string
  /** True when the reader has reached the end of what is safe to read now. */
  readonly atEnd: boolean
}

/** What a reader at some position has not read. */
export interface Backlog {
  /** When the oldest of it happened: its `occurredAt`. */
  readonly since: string
  /** What keeps it from being read now, a sentence for operators without personal data; absent when it can be read. */
  readonly heldBackBy?: string
}

/** Position before the first event of every log. */
export const LOG_START = ''

/**
 * The log of one bounded context. The append is the only commit point of the system.
 *
 * Ordering: events of a stream have contiguous revisions from 0; `readLog` returns every committed event exactly once,
 * streams in revision order, and never skips one that commits late, whatever writers do concurrently. An acknowledged event
 * may become readable in the log a moment later (never in its stream): when older transactions are done.
 * What cannot be kept and given back the same (NUL, half a surrogate pair, no plain JSON, more than 1 MiB an event, 1,000
 * events or 8 MiB an append) and positions of no log are `BAD_USER_INPUT`; a database that does not answer is
 * `SERVICE_UNAVAILABLE`, after which the same append may be tried again.
 * After dispose every call rejects with `Closed`; a second dispose does nothing.
 */
export interface EventStore extends AsyncDisposable {
  /**
   * Appends atomically if the stream is at `expectedRevision` ({@link NO_STREAM} when it must not exist), else rejects with
   * `RevisionConflict`. Ids already in this stream: the original place again, nothing written (checked before the
   * revision). Some ids known and some new is a fault. Appending no events returns the stream's revision, checked likewise.
   */
  append(streamId: string, expectedRevision: number, events: readonly EncodedEvent[]): Promise<AppendResult>
  /** Events of a stream, oldest first, from `from` (default 0) to `to` inclusive (default the end). Unknown stream: empty. */
  readStream(
    streamId: string,
    range?: { readonly from?: number; readonly to?: number },
  ): Promise<readonly RecordedEvent[]>
  /** Events of the whole log after a position ({@link LOG_START} for all), oldest first, at most `limit`. */
  readLog(after: string, limit: number): Promise<LogPage>
  /** The position after which nothing safe to read exists at this moment. */
  head(): Promise<string>
  /** What is acknowledged and lies after a position, whether or not it can be read yet; `undefined` when there is nothing. */
  backlog(after: string): Promise<Backlog | undefined>
  /** Calls back soon after something may have been appended, by any process. A hint: may be spurious, may be coalesced. Returns how to stop. */
  onAppend(listener: () => void): () => void
}
