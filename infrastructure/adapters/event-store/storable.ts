import { type EncodedEvent, Fault, NO_STREAM } from '@mercato/shared-kernel/application'

/** What one append may hold. Far above what a decision produces, far below what hurts the log and its readers. */
export const LIMITS = {
  events: 1_000,
  eventBytes: 1024 * 1024,
  appendBytes: 8 * 1024 * 1024,
  depth: 100,
  streamIdLength: 255,
  revision: 2 ** 31 - 1,
} as const

/** An event in the form every adapter can keep and give back unchanged. */
export interface StorableEvent {
  readonly id: string
  readonly json: string
}

const refuse = (message: string): never => {
  throw new Fault('BAD_USER_INPUT', message)
}

/** NUL cannot be kept in a PostgreSQL text, and half of a surrogate pair is no text at all. */
const checkText = (text: string): void => {
  if (text.includes('\u0000')) refuse('text must not contain NUL characters')
  if (!text.isWellFormed()) refuse('text must be well-formed Unicode')
}

const isPlain = (value: object): boolean => {
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === null || prototype === Object.prototype
}

const checkObject = (value: object, depth: number): void => {
  if (depth >= LIMITS.depth) refuse(`data must not nest deeper than ${LIMITS.depth} levels`)
  if (Array.isArray(value)) {
    // By index, since forEach leaves out the holes that JSON turns into null.
    for (let index = 0; index < value.length; index++) checkJson(value[index], depth + 1)
    return
  }
  if (!isPlain(value)) refuse('data must be plain JSON')
  for (const [key, member] of Object.entries(value)) {
    checkText(key)
    if (member !== undefined) checkJson(member, depth + 1)
  }
}

const checkJson = (value: unknown, depth = 0): void => {
  if (typeof value === 'string') checkText(value)
  else if (typeof value === 'number') {
    if (!Number.isFinite(value)) refuse('numbers must be finite')
  } else if (typeof value === 'object') {
    if (value !== null) checkObject(value, depth)
  } else if (typeof value !== 'boolean') refuse(`a value of type ${typeof value} is not JSON`)
}

const toStorable = (event: EncodedEvent): StorableEvent => {
  checkJson(event)
  if (event.data === undefined) refuse('an event needs data')
  if (event.id === '' || event.id.length > LIMITS.streamIdLength) refuse('an event id has 1 to 255 characters')
  if (!Number.isInteger(event.schemaVersion) || Math.abs(event.schemaVersion) > LIMITS.revision)
    refuse('a schema version is a small integer')
  const json = JSON.stringify(event)
  if (Buffer.byteLength(json) > LIMITS.eventBytes) refuse(`an event must not exceed ${LIMITS.eventBytes} bytes`)
  return { id: event.id, json }
}

/**
 * Checks an append before anything is written and encodes its events.
 * Rejects with `BAD_USER_INPUT` what cannot be stored and read back the same.
 */
export const storable = (
  streamId: string,
  expectedRevision: number,
  events: readonly EncodedEvent[],
): readonly StorableEvent[] => {
  checkText(streamId)
  if (streamId === '' || streamId.length > LIMITS.streamIdLength) refuse('a stream id has 1 to 255 characters')
  if (!Number.isInteger(expectedRevision) || expectedRevision < NO_STREAM || expectedRevision > LIMITS.revision)
    refuse('the expected revision must be -1 or a revision')
  if (events.length > LIMITS.events) refuse(`an append must not exceed ${LIMITS.events} events`)
  const encoded = events.map(toStorable)
  if (new Set(encoded.map(event => event.id)).size < encoded.length) refuse('event ids of an append must differ')
  if (encoded.reduce((sum, { json }) => sum + Buffer.byteLength(json), 0) > LIMITS.appendBytes)
    refuse(`an append must not exceed ${LIMITS.appendBytes} bytes`)
  return encoded
}

/** How many events of a page are read at most, so that no reader holds the whole log. */
const PAGE_LIMIT = 5_000

/** Checks the size of a page. */
export const pageSize = (limit: number): number =>
  Number.isInteger(limit) && limit > 0
    ? Math.min(limit, PAGE_LIMIT)
    : refuse('a page holds a positive whole number of events')

/** Checks and fills in a range of revisions; both ends are inclusive and may lie outside the stream. */
export const revisionRange = (
  range: { readonly from?: number; readonly to?: number } = {},
): { from: number; to: number } => {
  const { from = 0, to = LIMITS.revision } = range
  if (Number.isNaN(from) || Number.isNaN(to)) refuse('a range of revisions is made of numbers')
  const clamp = (revision: number): number => Math.min(LIMITS.revision, Math.max(NO_STREAM, revision))
  return { from: clamp(Math.ceil(from)), to: clamp(Math.floor(to)) }
}

/** The fault for an append of which some ids are in the stream and some are not: two commands share ids. */
export const mixedIds = (streamId: string): Fault =>
  new Fault('INTERNAL_SERVER_ERROR', `only some events of an append to ${streamId} are already there`)
