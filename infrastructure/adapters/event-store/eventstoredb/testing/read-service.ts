import { randomUUID } from 'node:crypto'
import { setImmediate } from 'node:timers/promises'
import streams from '@eventstore/db-client/generated/streams_pb.js'
import type { ServerWritableStream } from '@grpc/grpc-js'
import { caughtUp, checkpoint, confirmation, eventAnswer, streamNotFound } from './answers.ts'
import type { LoggedEvent, ServerLog } from './server-log.ts'

const { Options } = streams.ReadReq
/** How many events the server reads at once. */
const PAGE = 32

type Call = ServerWritableStream<streams.ReadReq, streams.ReadResp>

export interface ReadCounters {
  /** Events that filtered reads looked at. */
  considered: number
}

const send = async (call: Call, answer: streams.ReadResp): Promise<void> => {
  if (call.write(answer) || call.cancelled) return
  await new Promise<void>(resolve => {
    const done = () => {
      call.off('drain', done).off('cancelled', done)
      resolve()
    }
    call.on('drain', done).on('cancelled', done)
  })
}

const filterOf = (options: streams.ReadReq.Options): ((event: LoggedEvent) => boolean) => {
  const prefixes = options.getFilter()?.getStreamIdentifier()?.getPrefixList()
  if (!options.hasFilter()) return () => true
  if (!prefixes) throw new Error('this server filters by prefixes of stream names only')
  return ({ stream }) => prefixes.some(prefix => stream.startsWith(prefix))
}

/** Where a read of the whole log starts: forwards it includes the event at the position, backwards it does not. */
const startIn = (log: ServerLog, options: streams.ReadReq.Options, backwards: boolean): number => {
  const from = options.getAll()
  const position = from?.getPosition()
  if (!position) return from?.hasEnd() ? log.all.length : 0
  const place = BigInt(position.getCommitPosition())
  const index = log.all.findIndex(event => event.place >= place)
  if (index < 0) return log.all.length
  if (log.all[index]?.place !== place && !backwards) throw new Error(`no record begins at ${place}`)
  return index
}

const readAll = async (call: Call, log: ServerLog, options: streams.ReadReq.Options, counters: ReadCounters) => {
  const backwards = options.getReadDirection() === Options.ReadDirection.BACKWARDS
  const matches = filterOf(options)
  const count = Number(options.getCount())
  const window = options.getFilter()?.getMax() || PAGE
  let sent = 0
  for (let index = startIn(log, options, backwards); !call.cancelled; await setImmediate()) {
    let found = 0
    for (let looked = 0; looked < window && found < Math.min(PAGE, count); looked++) {
      const event = backwards ? log.all[--index] : log.all[index]
      // The real server, too, ends a read only here or when it meets an event too many.
      if (!event) return
      if (!backwards) index++
      if (options.hasFilter()) counters.considered++
      if (!matches(event)) continue
      if (sent >= count) return
      await send(call, eventAnswer(event, true))
      found++
      sent++
    }
  }
}

const readStream = async (call: Call, log: ServerLog, options: streams.ReadReq.Options, withPlaces: boolean) => {
  const from = options.getStream()
  const name = Buffer.from(from?.getStreamIdentifier()?.getStreamName_asU8() ?? []).toString()
  const logged = log.stream(name)
  if (logged.length === 0) return send(call, streamNotFound(name))
  const backwards = options.getReadDirection() === Options.ReadDirection.BACKWARDS
  const count = Number(options.getCount())
  const first = from?.hasEnd() ? Number.POSITIVE_INFINITY : from?.hasStart() ? 0 : Number(from?.getRevision())
  const events = backwards
    ? logged.filter(({ revision }) => revision <= first).reverse()
    : logged.filter(({ revision }) => revision >= first)
  for (const event of events.slice(0, count)) await send(call, eventAnswer(event, withPlaces))
}

const subscribeToAll = async (call: Call, log: ServerLog, options: streams.ReadReq.Options) => {
  const matches = filterOf(options)
  const interval =
    (options.getFilter()?.getMax() || PAGE) * (options.getFilter()?.getCheckpointintervalmultiplier() || 1)
  let index = startIn(log, options, false)
  // A subscription begins after its position.
  if (options.getAll()?.hasPosition()) index++
  let considered = 0
  let wake: () => void = () => undefined
  const stop = log.onWrite(() => wake())
  call.on('cancelled', () => wake())
  try {
    await send(call, confirmation(randomUUID()))
    for (let live = false; !call.cancelled && !call.destroyed; ) {
      const event = log.all[index]
      if (!event) {
        const woken = new Promise<void>(resolve => {
          wake = resolve
        })
        if (!live) await send(call, caughtUp())
        live = true
        if (index >= log.all.length) await woken
        continue
      }
      index++
      if (matches(event)) await send(call, eventAnswer(event, true))
      if (++considered % interval === 0) await send(call, checkpoint(event.place))
    }
  } finally {
    stop()
  }
}

/** Answers one call of Streams.Read, in the combinations that the adapter uses. */
export const serveRead = async (
  call: Call,
  log: ServerLog,
  { withPlaces, counters }: { readonly withPlaces: boolean; readonly counters: ReadCounters },
): Promise<void> => {
  const options = call.request.getOptions() ?? new Options()
  if (!options.hasUuidOption()) throw new Error('UuidOption is required')
  if (options.hasStream()) return readStream(call, log, options, withPlaces)
  return options.hasSubscription() ? subscribeToAll(call, log, options) : readAll(call, log, options, counters)
}
