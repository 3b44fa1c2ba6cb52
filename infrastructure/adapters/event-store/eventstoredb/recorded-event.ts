import type { EncodedEvent, RecordedEvent } from '@mercato/shared-kernel/application'
import type { StorableEvent } from '../storable.ts'
import type { NewRecord, StoredRecord } from './messages.ts'
import { formatPosition } from './position.ts'

/**
 * The envelope of an event without what EventStoreDB has a place for. Correlation and causation are called what the server's
 * own projections call them.
 */
interface Metadata extends Omit<EncodedEvent, 'type' | 'data' | 'correlationId' | 'causationId'> {
  readonly $correlationId: string
  readonly $causationId?: string
}

/** An event to append. */
export const toNewRecord = ({ json }: StorableEvent): NewRecord => {
  const event: EncodedEvent & Pick<NewRecord, 'data'> = JSON.parse(json)
  const { type, data, correlationId, causationId, ...envelope } = event
  const metadata: Metadata = {
    ...envelope,
    $correlationId: correlationId,
    ...(causationId === undefined ? {} : { $causationId: causationId }),
  }
  return { type, data, metadata }
}

const isMetadata = (value: unknown): value is Metadata =>
  typeof value === 'object' &&
  value !== null &&
  'id' in value &&
  typeof value.id === 'string' &&
  '$correlationId' in value

/** The id that the writer gave an event. Not EventStoreDB's own, which is another one for every attempt to append it. */
export const idOf = ({ stream, revision, metadata }: StoredRecord): string => {
  if (!isMetadata(metadata)) throw new Error(`the event ${revision} of ${stream} was written by somebody else`)
  return metadata.id
}

/** An event as the port gives it out. */
export const toRecorded = (streamId: string, record: StoredRecord): RecordedEvent => {
  const { stream, revision, type, data, metadata, place } = record
  if (!isMetadata(metadata)) throw new Error(`the event ${revision} of ${stream} was written by somebody else`)
  const { $correlationId, $causationId, ...envelope } = metadata
  return {
    ...envelope,
    type,
    correlationId: $correlationId,
    ...($causationId === undefined ? {} : { causationId: $causationId }),
    data,
    streamId,
    revision,
    position: formatPosition(place),
  }
}
