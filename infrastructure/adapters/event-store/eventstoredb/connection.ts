import { setImmediate } from 'node:timers/promises'
import {
  convertToCommandError,
  EventStoreDBClient,
  NotLeaderError,
  WrongExpectedVersionError,
} from '@eventstore/db-client'
import { StreamsClient } from '@eventstore/db-client/generated/streams_grpc_pb.js'
import type { ReadReq, ReadResp } from '@eventstore/db-client/generated/streams_pb.js'
import { Closed, Fault, NO_STREAM } from '@mercato/shared-kernel/application'
import { checkConnectionString } from './connection-string.ts'
import { fromEventStoreDB } from './errors.ts'
import {
  type Extent,
  followRequest,
  type NewRecord,
  newEvents,
  readRequest,
  recordOf,
  type Source,
  type StoredRecord,
} from './messages.ts'

export interface ConnectionOptions {
  readonly connectionString: string
  /** How long an append or a read of a stream may take. */
  readonly deadlineMs: number
  /** How long a read of the whole log may take: the server looks at events of others before it finds one of ours. */
  readonly scanDeadlineMs: number
}

export interface Found {
  readonly records: readonly StoredRecord[]
  /** Stands for the way to the node that answered: another one after calls were led to another node. */
  readonly route: object
}

/** Calls fail with what {@link fromEventStoreDB} makes of the failure, after dispose with {@link Closed}. */
export interface Connection extends AsyncDisposable {
  /** Whether the append was written; not so when the stream is at another revision. Fails when nobody knows. */
  readonly append: (stream: string, expectedRevision: number, events: readonly NewRecord[]) => Promise<boolean>
  /** Streams are read from the leader, the whole log from whichever node the connection leads to. Unknown stream: empty. */
  readonly read: (source: Source, extent: Extent) => Promise<Found>
  /** Calls back when events of the prefixes may have come in, first when it begins to listen. Settles when that ends. */
  readonly follow: (prefixes: readonly string[], onEvent: () => void, signal: AbortSignal) => Promise<void>
}

/** In the words of the client; reads go past its own translation. */
const failureOf = (thrown: unknown): unknown =>
  fromEventStoreDB(thrown instanceof Error ? convertToCommandError(thrown) : thrown)

/**
 * The only file that runs @eventstore/db-client. Reads go through its channel but past its public functions, which cannot
 * filter a read; what is repaired on the client says why.
 */
export const connect = ({ connectionString, deadlineMs, scanDeadlineMs }: ConnectionOptions): Connection => {
  checkConnectionString(connectionString)
  const client = EventStoreDBClient.connectionString(connectionString)
  // Batched appends wait in a table of the whole process: an error of one client fails the appends of all, an answer that
  // comes after that throws where nobody can catch it, and no deadline ends the wait. Plain appends have none of this.
  client['supports'] = async () => false
  // The client does not wait for this, so its failure would end the process. Whoever makes the next call meets it too.
  const handleError = client['handleError']
  client['handleError'] = (...failed) => handleError(...failed).catch(() => undefined)

  const disposed = new AbortController()
  const appending = new Set<Promise<unknown>>()
  let channel: Awaited<ReturnType<(typeof client)['getChannel']>> | undefined

  /** Runs a call within its time, which includes the search for a node, and once more when another node leads. */
  const call = async <Result>(ms: number, run: () => Promise<Result>): Promise<Result> => {
    if (disposed.signal.aborted) throw new Closed('EventStore')
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Fault('SERVICE_UNAVAILABLE', 'the event store does not answer in time')), ms)
    })
    const attempt = async () => {
      channel = await client['getChannel']()
      return run()
    }
    const follow = async (error: Error) => {
      if (!(convertToCommandError(error) instanceof NotLeaderError)) throw error
      // The client turns to the leader it was told of as soon as it comes to it.
      await setImmediate()
      return attempt()
    }
    try {
      return await Promise.race([attempt().catch(follow), late])
    } catch (error) {
      if (disposed.signal.aborted) throw new Closed('EventStore')
      throw failureOf(error)
    } finally {
      clearTimeout(timer)
    }
  }

  const open = async (request: ReadReq, requiresLeader: boolean, deadline: number) => {
    let route: object = client
    const create = client['GRPCStreamCreator'](StreamsClient, 'read', stub => {
      route = stub.getChannel()
      return stub.read(request, ...client['callArguments']({ requiresLeader }, { deadline }))
    })
    return { answers: await create(), route }
  }

  const collect = async (request: ReadReq, requiresLeader: boolean, ms: number, count: number) => {
    const { answers, route } = await open(request, requiresLeader, Date.now() + ms)
    const records: StoredRecord[] = []
    try {
      for await (const answer of answers) {
        const record = recordOf(answer satisfies ReadResp)
        if (record) records.push(record)
        if (records.length >= count) break
      }
    } finally {
      answers.cancel()
    }
    return { records, route }
  }

  const append: Connection['append'] = async (stream, expectedRevision, events) => {
    const expected = expectedRevision === NO_STREAM ? 'no_stream' : BigInt(expectedRevision)
    const options = { expectedRevision: expected, requiresLeader: true, deadline: deadlineMs } as const
    try {
      await call(deadlineMs, () => client.appendToStream(stream, newEvents(events), options))
      return true
    } catch (error) {
      if (error instanceof WrongExpectedVersionError) return false
      throw error
    }
  }

  return {
    append(...all) {
      const written = append(...all)
      const settled = written.catch(() => undefined).finally(() => appending.delete(settled))
      appending.add(settled)
      return written
    },
    read(source, extent) {
      const ofStream = 'stream' in source
      const ms = ofStream ? deadlineMs : scanDeadlineMs
      return call(ms, () => collect(readRequest(source, extent), ofStream, ms, extent.count))
    },
    async follow(prefixes, onEvent, signal) {
      const { answers } = await call(deadlineMs, () => open(followRequest(prefixes), false, Number.POSITIVE_INFINITY))
      const stop = () => answers.cancel()
      signal.addEventListener('abort', stop)
      if (signal.aborted) stop()
      try {
        for await (const answer of answers) if (answer.hasConfirmation() || answer.hasEvent()) onEvent()
      } catch (error) {
        if (!signal.aborted) throw failureOf(error)
      } finally {
        signal.removeEventListener('abort', stop)
      }
    },
    async [Symbol.asyncDispose]() {
      // What is being written is waited for, what is being read is cut off.
      disposed.abort()
      await client.dispose()
      await Promise.all(appending)
      channel?.close()
    },
  }
}
