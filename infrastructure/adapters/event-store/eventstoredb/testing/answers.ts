import shared from '@eventstore/db-client/generated/shared_pb.js'
import streams from '@eventstore/db-client/generated/streams_pb.js'
import { Metadata, type ServiceError, status } from '@grpc/grpc-js'
import type { LoggedEvent, Written } from './server-log.ts'

const { AppendResp, ReadResp } = streams
/** What servers before 22.10 give as the position of an event that was read from its stream. */
const NO_PLACE = String(2n ** 64n - 1n)

export const eventAnswer = (event: LoggedEvent, withPlace: boolean): streams.ReadResp => {
  const place = withPlace ? String(event.place) : NO_PLACE
  const recorded = new ReadResp.ReadEvent.RecordedEvent()
    .setId(new shared.UUID().setString(event.id))
    .setStreamIdentifier(new shared.StreamIdentifier().setStreamName(Buffer.from(event.stream)))
    .setStreamRevision(String(event.revision))
    .setCommitPosition(place)
    .setPreparePosition(place)
    .setData(event.data)
    .setCustomMetadata(event.metadata)
  recorded.getMetadataMap().set('type', event.type).set('content-type', event.contentType).set('created', '0')
  const read = new ReadResp.ReadEvent().setEvent(recorded)
  return new ReadResp().setEvent(withPlace ? read.setCommitPosition(place) : read.setNoPosition(new shared.Empty()))
}

export const streamNotFound = (name: string): streams.ReadResp =>
  new ReadResp().setStreamNotFound(
    new ReadResp.StreamNotFound().setStreamIdentifier(new shared.StreamIdentifier().setStreamName(Buffer.from(name))),
  )

export const confirmation = (id: string): streams.ReadResp =>
  new ReadResp().setConfirmation(new ReadResp.SubscriptionConfirmation().setSubscriptionId(id))

export const caughtUp = (): streams.ReadResp => new ReadResp().setCaughtUp(new ReadResp.CaughtUp())

export const checkpoint = (place: bigint): streams.ReadResp =>
  new ReadResp().setCheckpoint(
    new ReadResp.Checkpoint().setCommitPosition(String(place)).setPreparePosition(String(place)),
  )

export const appendAnswer = (written: Written, expected: number | undefined): streams.AppendResp => {
  if (written.kind === 'wrong-version') {
    const conflict = new AppendResp.WrongExpectedVersion()
    if (written.current < 0) conflict.setCurrentNoStream(new shared.Empty())
    else conflict.setCurrentRevision(String(written.current))
    // A revision of -1 goes over the wire as the largest one, as it does from the real server.
    if (expected === undefined) conflict.setExpectedAny(new shared.Empty())
    else conflict.setExpectedRevision(String(BigInt.asUintN(64, BigInt(expected))))
    return new AppendResp().setWrongExpectedVersion(conflict)
  }
  const success = new AppendResp.Success()
  if (written.revision < 0) success.setNoStream(new shared.Empty())
  else success.setCurrentRevision(String(written.revision))
  const place = String(written.last?.place ?? 0n)
  success.setPosition(new AppendResp.Position().setCommitPosition(place).setPreparePosition(place))
  return new AppendResp().setSuccess(success)
}

/** A refusal as the server words it: a status, and trailers that tell the client which error to throw. */
export const refusal = (
  code: status,
  details: string,
  trailers: Readonly<Record<string, string>> = {},
): Partial<ServiceError> => {
  const metadata = new Metadata()
  for (const [key, value] of Object.entries(trailers)) metadata.set(key, value)
  return { code, details, message: details, name: 'ServiceError', metadata }
}

export const unavailable = () => refusal(status.UNAVAILABLE, 'Server Is Not Ready')
export const accessDenied = () => refusal(status.PERMISSION_DENIED, 'Access Denied', { exception: 'access-denied' })
export const notLeader = (host: string, port: number) =>
  refusal(status.NOT_FOUND, 'Leader info available', {
    exception: 'not-leader',
    'leader-endpoint-host': host,
    'leader-endpoint-port': String(port),
  })
export const tooLarge = (limit: number) =>
  refusal(status.INVALID_ARGUMENT, `Maximum Append Size of ${limit} Exceeded.`, {
    exception: 'maximum-append-size-exceeded',
    'maximum-append-size': String(limit),
  })
