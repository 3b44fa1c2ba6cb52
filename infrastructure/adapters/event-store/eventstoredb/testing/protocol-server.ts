import { GossipService } from '@eventstore/db-client/generated/gossip_grpc_pb.js'
import type { ClusterInfo } from '@eventstore/db-client/generated/gossip_pb.js'
import { ServerFeaturesService } from '@eventstore/db-client/generated/serverfeatures_grpc_pb.js'
import type { SupportedMethods } from '@eventstore/db-client/generated/serverfeatures_pb.js'
import type { Empty } from '@eventstore/db-client/generated/shared_pb.js'
import { StreamsService } from '@eventstore/db-client/generated/streams_grpc_pb.js'
import type {
  AppendReq,
  AppendResp,
  BatchAppendReq,
  BatchAppendResp,
  ReadReq,
  ReadResp,
} from '@eventstore/db-client/generated/streams_pb.js'
import {
  type handleBidiStreamingCall,
  type handleClientStreamingCall,
  type handleServerStreamingCall,
  type handleUnaryCall,
  type Metadata,
  Server,
  ServerCredentials,
  type ServiceError,
  status,
} from '@grpc/grpc-js'
import { accessDenied, appendAnswer, notLeader, refusal, tooLarge, unavailable } from './answers.ts'
import { readAppend } from './append-service.ts'
import { clusterInfo, supportedMethods } from './node-service.ts'
import { serveRead } from './read-service.ts'
import { createServerLog, type ServerLog, sizeOf } from './server-log.ts'

export interface ProtocolServerOptions {
  /** Another server's log: this one is its other node, or the same after a restart. */
  readonly log?: ServerLog
  readonly port?: number
  readonly tls?: { readonly certificate: Buffer; readonly key: Buffer }
  /** What an `authorization` header must say. */
  readonly authorization?: string
  /** Who leads, when this server does not. */
  readonly leader?: { readonly port: number }
  /** What EventStoreDB takes in one append unless it is told otherwise. */
  readonly maxAppendBytes?: number
  /** False as in versions before 22.10: events of a stream come without their position. */
  readonly withPlaces?: boolean
}

/** The calls that a server tells apart: an unfiltered read of the whole log asks where it ends. */
export type CallKind =
  | 'append'
  | 'batchAppend'
  | 'readStream'
  | 'readLog'
  | 'readEnd'
  | 'subscribe'
  | 'gossip'
  | 'features'

/** What becomes of the next append: written but not answered, written but answered as failed, refused without a reason. */
export type AppendFault = 'silent' | 'cut' | 'conflict'

export interface ProtocolServer extends AsyncDisposable {
  readonly port: number
  readonly log: ServerLog
  /** How many calls of a kind came in. */
  readonly calls: (kind: CallKind) => number
  /** Runs something once, before the next call of a kind is served. */
  readonly before: (kind: CallKind, run: () => void | Promise<void>) => void
  readonly counters: { considered: number }
  /** Reads that are being answered. */
  readonly reads: () => number
  /** Subscriptions that are open. */
  readonly subscriptions: () => number
  readonly failNextAppend: (fault: AppendFault) => void
  /** Ends every subscription as a server does that is going down. */
  readonly endSubscriptions: () => void
  /** Does not answer any call from now on. */
  readonly freeze: () => void
  /** Leads from now on. */
  readonly lead: () => void
}

const kindOf = (request: ReadReq): CallKind => {
  const options = request.getOptions()
  if (options?.hasSubscription()) return 'subscribe'
  if (options?.hasStream()) return 'readStream'
  return options?.hasFilter() ? 'readLog' : 'readEnd'
}

/**
 * EventStoreDB's gRPC services as far as the adapter uses them, made of the definitions in the client's package and of what
 * the server's sources do: a server of one's own on a socket, since the real one cannot be installed everywhere.
 */
export const startProtocolServer = async (options: ProtocolServerOptions = {}): Promise<ProtocolServer> => {
  const { log = createServerLog(), maxAppendBytes = 1024 * 1024, withPlaces = true } = options
  let { leader } = options
  const server = new Server({ 'grpc.max_receive_message_length': 17 * 1024 * 1024 })
  const calls = new Map<CallKind, number>()
  const interruptions = new Map<CallKind, () => void | Promise<void>>()
  const counters = { considered: 0 }
  const reads = new Set<object>()
  const subscriptions = new Set<{ emit(event: 'error', error: Partial<ServiceError>): boolean }>()
  const faults: AppendFault[] = []
  let frozen = false
  let boundPort = options.port ?? 0

  const countCall = async (kind: CallKind): Promise<void> => {
    calls.set(kind, (calls.get(kind) ?? 0) + 1)
    const interruption = interruptions.get(kind)
    interruptions.delete(kind)
    await interruption?.()
  }

  /** Why a call must not be served. */
  const refuse = (metadata: Metadata): Partial<ServiceError> | undefined => {
    const { authorization } = options
    if (authorization !== undefined && metadata.get('authorization')[0] !== authorization) return accessDenied()
    if (leader && metadata.get('requires-leader')[0] === 'true') return notLeader('127.0.0.1', leader.port)
    return undefined
  }

  const failed = (error: unknown) => refusal(status.UNKNOWN, error instanceof Error ? error.message : String(error))

  const append: handleClientStreamingCall<AppendReq, AppendResp> = async (call, answer) => {
    const refused = refuse(call.metadata)
    try {
      const { stream, expected, events } = await readAppend(call)
      await countCall('append')
      if (frozen) return
      if (refused) return answer(refused)
      if (events.reduce((sum, event) => sum + sizeOf(event), 0) > maxAppendBytes)
        return answer(tooLarge(maxAppendBytes))
      const revision = typeof expected === 'number' ? expected : undefined
      const fault = faults.shift()
      if (fault === 'conflict')
        return answer(
          null,
          appendAnswer({ kind: 'wrong-version', current: log.stream(stream).at(-1)?.revision ?? -1 }, revision),
        )
      const written = log.write(stream, expected, events)
      if (fault === 'silent') return
      if (fault === 'cut') return answer(unavailable())
      answer(null, appendAnswer(written, revision))
    } catch (error) {
      answer(failed(error))
    }
  }

  const read: handleServerStreamingCall<ReadReq, ReadResp> = async call => {
    const kind = kindOf(call.request)
    await countCall(kind)
    const refused = refuse(call.metadata)
    if (frozen) return
    if (refused) {
      call.emit('error', refused)
      return
    }
    if (kind === 'subscribe') subscriptions.add(call)
    else reads.add(call)
    try {
      await serveRead(call, log, { withPlaces, counters })
      call.end()
    } catch (error) {
      call.emit('error', failed(error))
    } finally {
      subscriptions.delete(call)
      reads.delete(call)
    }
  }

  const readGossip: handleUnaryCall<Empty, ClusterInfo> = async (_, answer) => {
    await countCall('gossip')
    if (!frozen) answer(null, clusterInfo(boundPort, leader?.port))
  }

  const getSupportedMethods: handleUnaryCall<Empty, SupportedMethods> = async (_, answer) => {
    await countCall('features')
    if (!frozen) answer(null, supportedMethods())
  }

  const batchAppend: handleBidiStreamingCall<BatchAppendReq, BatchAppendResp> = async call => {
    await countCall('batchAppend')
    call.emit('error', refusal(status.UNIMPLEMENTED, 'the protocol server of the tests takes no batches'))
  }

  server.addService(StreamsService, { append, read, batchAppend })
  server.addService(GossipService, { read: readGossip })
  server.addService(ServerFeaturesService, { getSupportedMethods })
  const { tls } = options
  const credentials = tls
    ? ServerCredentials.createSsl(null, [{ cert_chain: tls.certificate, private_key: tls.key }])
    : ServerCredentials.createInsecure()
  boundPort = await new Promise<number>((resolve, reject) =>
    server.bindAsync(`127.0.0.1:${boundPort}`, credentials, (error, port) => (error ? reject(error) : resolve(port))),
  )

  return {
    port: boundPort,
    log,
    calls: kind => calls.get(kind) ?? 0,
    before: (kind, run) => void interruptions.set(kind, run),
    counters,
    reads: () => reads.size,
    subscriptions: () => subscriptions.size,
    failNextAppend: fault => faults.push(fault),
    endSubscriptions() {
      for (const call of subscriptions) call.emit('error', unavailable())
    },
    freeze: () => {
      frozen = true
    },
    lead: () => {
      leader = undefined
    },
    async [Symbol.asyncDispose]() {
      server.forceShutdown()
    },
  }
}
