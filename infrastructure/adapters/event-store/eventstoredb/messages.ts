import { randomUUID } from 'node:crypto'
import type { JSONEventData } from '@eventstore/db-client'
import shared from '@eventstore/db-client/generated/shared_pb.js'
import streams from '@eventstore/db-client/generated/streams_pb.js'
import type { Place } from './position.ts'

/** What a read starts at: inclusive, in either direction. */
export type From<At> = At | 'start' | 'end'

/** A read of one stream, or of those parts of the whole log whose streams have one of the prefixes (all without prefixes). */
export type Source =
  | { readonly stream: string; readonly from: From<number> }
  | { readonly prefixes?: readonly string[]; readonly from: From<Place> }

export interface Extent {
  readonly count: number
  readonly backwards?: boolean
}

/** An event as EventStoreDB keeps it. */
export interface StoredRecord {
  readonly stream: string
  readonly revision: number
  readonly type: string
  readonly data: unknown
  readonly metadata: unknown
  readonly place: Place
}

/** An event to append. The client's type of data leaves out numbers, booleans and null, all of which it takes. */
export type NewRecord = Pick<JSONEventData, 'type' | 'data'> & { readonly metadata: object }

/** How many events the server looks at before it turns to other requests. */
const SEARCH_WINDOW = 1_000

const { ReadReq } = streams
const { Options } = ReadReq

const streamOptions = (name: string, from: From<number>): streams.ReadReq.Options.StreamOptions => {
  const identifier = new shared.StreamIdentifier().setStreamName(Buffer.from(name))
  const options = new Options.StreamOptions().setStreamIdentifier(identifier)
  if (from === 'start') return options.setStart(new shared.Empty())
  if (from === 'end') return options.setEnd(new shared.Empty())
  return options.setRevision(String(from))
}

const allOptions = (from: From<Place>): streams.ReadReq.Options.AllOptions => {
  const options = new Options.AllOptions()
  if (from === 'start') return options.setStart(new shared.Empty())
  if (from === 'end') return options.setEnd(new shared.Empty())
  const position = new Options.Position()
  position.setCommitPosition(String(from.commit))
  position.setPreparePosition(String(from.prepare))
  return options.setPosition(position)
}

const filterOptions = (prefixes: readonly string[]): streams.ReadReq.Options.FilterOptions =>
  new Options.FilterOptions()
    .setStreamIdentifier(new Options.FilterOptions.Expression().setPrefixList([...prefixes]))
    .setMax(SEARCH_WINDOW)
    .setCheckpointintervalmultiplier(SEARCH_WINDOW)

const optionsOf = (source: Source): streams.ReadReq.Options => {
  const options = new Options().setUuidOption(new Options.UUIDOption().setString(new shared.Empty()))
  if ('stream' in source)
    return options.setStream(streamOptions(source.stream, source.from)).setNoFilter(new shared.Empty())
  options.setAll(allOptions(source.from))
  return source.prefixes ? options.setFilter(filterOptions(source.prefixes)) : options.setNoFilter(new shared.Empty())
}

/** Each under an id that EventStoreDB never saw before. */
export const newEvents = (records: readonly NewRecord[]): JSONEventData[] =>
  records.map(({ type, data, metadata }) => ({
    id: randomUUID(),
    contentType: 'application/json',
    type,
    data,
    metadata: { ...metadata },
  }))

/** Asks for events that are there. The client can do this too, but not with a filter. */
export const readRequest = (source: Source, { count, backwards = false }: Extent): streams.ReadReq => {
  const direction = backwards ? Options.ReadDirection.BACKWARDS : Options.ReadDirection.FORWARDS
  return new ReadReq().setOptions(optionsOf(source).setCount(String(count)).setReadDirection(direction))
}

/** Asks for events that are yet to come. */
export const followRequest = (prefixes: readonly string[]): streams.ReadReq =>
  new ReadReq().setOptions(optionsOf({ prefixes, from: 'end' }).setSubscription(new Options.SubscriptionOptions()))

const utf8 = (bytes: Uint8Array): string => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString()

const json = (bytes: Uint8Array, what: string): unknown => {
  try {
    return bytes.length === 0 ? undefined : JSON.parse(utf8(bytes))
  } catch (error) {
    throw new Error(`${what} is no JSON`, { cause: error })
  }
}

/** The event of an answer; none when it says something else about the read. */
export const recordOf = (response: streams.ReadResp): StoredRecord | undefined => {
  const event = response.getEvent()?.getEvent()
  if (!event) return undefined
  const stream = utf8(event.getStreamIdentifier()?.getStreamName_asU8() ?? new Uint8Array())
  const revision = Number(event.getStreamRevision())
  return {
    stream,
    revision,
    type: event.getMetadataMap().get('type') ?? '',
    data: json(event.getData_asU8(), `the event ${revision} of ${stream}`),
    metadata: json(event.getCustomMetadata_asU8(), `the metadata of event ${revision} of ${stream}`),
    place: { commit: BigInt(event.getCommitPosition()), prepare: BigInt(event.getPreparePosition()) },
  }
}
