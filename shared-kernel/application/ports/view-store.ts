/** A document of a view with the index entries that point to it. */
export interface ViewDocument<Doc = unknown> {
  readonly key: string
  readonly doc: Doc
}

export interface ViewWrite {
  readonly key: string
  /** `undefined` deletes the document and its index entries. */
  readonly doc: unknown
  /** Index name → sort keys under which the document stands there (replaces all earlier entries of the document). */
  readonly indexes: Readonly<Record<string, readonly string[]>>
  /** Version of the document this write was computed from (0: none); another version rejects the apply with `conflict`. Versions never come back. */
  readonly basedOn: number
}

export interface ViewApply {
  readonly view: string
  readonly streamId: string
  /** Revision of the event. Applied only if it is the next one of its stream in this view. */
  readonly revision: number
  /** Empty when the view skips the event; its revision is recorded all the same. Names a document at most once. */
  readonly writes: readonly ViewWrite[]
}

/** Events of several streams, folded together: what became of the documents, each named once. */
export interface ViewBatch {
  readonly view: string
  /** Revisions of each stream that the batch holds, first and last; without a gap, a stream at most once. */
  readonly streams: readonly { readonly streamId: string; readonly from: number; readonly to: number }[]
  readonly writes: readonly ViewWrite[]
}

/** `applied` · `duplicate`: an earlier revision, ignored · `gap`: revisions before it are missing · `conflict`: a document changed meanwhile. */
export type ApplyOutcome = 'applied' | 'duplicate' | 'gap' | 'conflict'

export interface ListRange {
  readonly index: string
  /** Entries strictly after this cursor, in list order. A text that is no cursor rejects with Fault `BAD_USER_INPUT`. */
  readonly after?: string
  /** Entries strictly before this cursor, in list order. */
  readonly before?: string
  /** Only sort keys that start with this text. */
  readonly prefix?: string
  readonly limit: number
  /** List order: ascending by (sort key, document key), code unit by code unit, or descending. Default ascending. */
  readonly descending?: boolean
  /** Take the last `limit` entries of the range instead of the first; they still come in list order. */
  readonly fromEnd?: boolean
}

export interface ListedDocument<Doc = unknown> extends ViewDocument<Doc> {
  /** Place in the index, stable while other documents come and go: pass it as `after` or `before`. */
  readonly cursor: string
}

export interface ListPage<Doc = unknown> {
  readonly items: readonly ListedDocument<Doc>[]
  /** Whether the range holds more entries on the far side of the limit. */
  readonly more: boolean
}

/** A document with all of where it stands: index name → sort keys. */
export interface ScannedDocument<Doc = unknown> extends ViewDocument<Doc> {
  readonly indexes: Readonly<Record<string, readonly string[]>>
}

export interface ScanPage {
  readonly documents: readonly ScannedDocument[]
  /** Where the next page starts; absent after the last. */
  readonly next?: string
}

export interface VersionedDocument<Doc = unknown> {
  readonly doc: Doc
  readonly version: number
}

/**
 * Read models: keyed documents plus ordered indexes. Documents are plain JSON and are never shared by reference.
 * `view` names one build of one view (`orders@1`); builds are independent. After dispose every call rejects with `Closed`.
 */
export interface ViewStore extends AsyncDisposable {
  /** Atomically: checks the stream's applied revision and the documents' versions, writes documents and indexes, records the revision. */
  apply(change: ViewApply): Promise<ApplyOutcome>
  /**
   * As {@link apply} of all events of the batch, at once or not at all: `duplicate` when every stream is past its last revision,
   * `gap` when one lacks events before its first, `conflict` when some of it was applied already or a document changed. Adapters
   * take 500 streams and as many writes at least.
   */
  applyAll(batch: ViewBatch): Promise<ApplyOutcome>
  /** Documents by key, in the order asked; `undefined` where there is none. */
  getMany(view: string, keys: readonly string[]): Promise<readonly (VersionedDocument | undefined)[]>
  list(view: string, range: ListRange): Promise<ListPage>
  /** Number of entries in an index, optionally only those whose sort key starts with `prefix`. */
  count(view: string, index: string, prefix?: string): Promise<number>
  /** Revision of the last event of the stream that the view has applied; -1 when none. */
  appliedRevision(view: string, streamId: string): Promise<number>
  /** The same for many streams, in the order asked. */
  appliedRevisions(view: string, streamIds: readonly string[]): Promise<readonly number[]>
  /**
   * All documents, about `limit` at a time and in no order, from `after` (default the beginning). Those that are there all the
   * while come at least once; those that come or go meanwhile may.
   */
  scan(view: string, limit: number, after?: string): Promise<ScanPage>
  /** Forgets documents, indexes and revisions of a view build. */
  drop(view: string): Promise<void>
}
