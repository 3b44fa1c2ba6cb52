import type { AppendReq } from '@eventstore/db-client/generated/streams_pb.js'
import type { Expected, ProposedEvent } from './server-log.ts'

export interface AppendRequest {
  readonly stream: string
  readonly expected: Expected
  readonly events: readonly ProposedEvent[]
}

const expectedOf = (options: AppendReq.Options): Expected => {
  if (options.hasRevision()) return Number(options.getRevision())
  if (options.hasNoStream()) return -1
  return options.hasAny() ? 'any' : 'exists'
}

const proposed = (message: AppendReq.ProposedMessage): ProposedEvent => {
  const type = message.getMetadataMap().get('type')
  const contentType = message.getMetadataMap().get('content-type')
  const id = message.getId()?.getString() ?? ''
  if (!type || !contentType || !/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(id))
    throw new Error('a proposed message needs a UUID, a type and a content type')
  return { id, type, contentType, data: message.getData_asU8(), metadata: message.getCustomMetadata_asU8() }
}

/** Reads one call of Streams.Append: first its options, then message by message. */
export const readAppend = async (requests: AsyncIterable<AppendReq>): Promise<AppendRequest> => {
  let stream = ''
  let expected: Expected | undefined
  const events: ProposedEvent[] = []
  for await (const request of requests) {
    const options = request.getOptions()
    const message = request.getProposedMessage()
    if (options) {
      stream = Buffer.from(options.getStreamIdentifier()?.getStreamName_asU8() ?? []).toString()
      expected = expectedOf(options)
    } else if (message) events.push(proposed(message))
  }
  if (expected === undefined) throw new Error('an append begins with its options')
  return { stream, expected, events }
}
