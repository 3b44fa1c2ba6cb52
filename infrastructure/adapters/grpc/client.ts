import { Metadata, type ServiceError, status } from '@grpc/grpc-js'
import { Closed, Fault, type GatewayContext, type Logger, withSpan } from '@mercato/shared-kernel/application'
import { fixedInstances, type Instances, instanceAt } from '../service-directory/service-directory.ts'
import { createChannels } from './channels.ts'
import type { Method, Service } from './protos.ts'
import { isStatus, type Resilience, resilient } from './resilience.ts'
import { signCall } from './signing.ts'

/** One server, `grpc://host:port` or `grpcs://` for TLS; or all that are known at each moment, in turn, in plain text. */
export type GrpcServer = { readonly url: string } | { readonly instances: Instances }

export type GrpcClientOptions = GrpcServer & GrpcCalls

export interface GrpcCalls extends Resilience {
  readonly service: Service
  /** Shared by the services of Mercato. */
  readonly secret: string
  /** The context that calls, as the server is told. */
  readonly caller: string
  /** What is called, for messages to people: `catalogue`. */
  readonly what: string
  /** A time-out after fewer milliseconds says nothing about the server; 1 000 when absent. */
  readonly fairMs?: number
  readonly logger: Logger
  /** Milliseconds since the epoch. */
  readonly now: () => number
}

export interface CallOptions {
  /** Milliseconds since the epoch by which there must be an answer; the server hears of it. */
  readonly deadline: number
  readonly correlationId: string
}

/**
 * Unary calls of one server that may be repeated: signed, bounded in time, made again when nobody was there, not made for a while
 * when it keeps failing. Rejects with Fault TIMEOUT when the deadline passes, and with Fault SERVICE_UNAVAILABLE otherwise.
 */
export interface GrpcClient extends AsyncDisposable {
  call(method: string, message: object, options: CallOptions): Promise<object>
}

/** What a channel says when nobody listens. */
const nobodyThere = (): ServiceError =>
  Object.assign(new Error('no instance is known'), {
    code: status.UNAVAILABLE,
    details: 'no instance is known',
    metadata: new Metadata(),
  })

const same = (bytes: Buffer): Buffer => bytes

export const createGrpcClient = (options: GrpcClientOptions): GrpcClient => {
  const { service, secret, caller, what, now, fairMs = 1_000, logger } = options
  const channels = createChannels(
    'url' in options ? fixedInstances([instanceAt(options.url)]) : options.instances,
    'url' in options && new URL(options.url).protocol === 'grpcs:',
  )
  const policy = resilient(options, {
    onBreak: () => logger.warn(`the ${what} keeps failing and is left alone for a while`),
    onReset: () => logger.info(`the ${what} answers again`),
  })
  let closed = false

  const once = (method: Method, bytes: Buffer, metadata: Metadata, leftMs: number): Promise<object> =>
    new Promise((resolve, reject) => {
      const channel = channels.next()
      const done = (error: ServiceError | null, answer?: object): void => {
        if (isStatus(error, status.UNAVAILABLE)) channel?.rest()
        if (answer) resolve(answer)
        else reject(error ?? new TypeError('neither an answer nor an error'))
      }
      if (!channel) {
        done(nobodyThere())
        return
      }
      channel.client.makeUnaryRequest(
        method.path,
        same,
        method.responseDeserialize,
        bytes,
        metadata,
        { deadline: Date.now() + leftMs },
        done,
      )
    })

  const late = (cause?: unknown): Fault => new Fault('TIMEOUT', `The ${what} did not answer in time.`, cause)

  const attempt = async (method: Method, bytes: Buffer, { deadline, correlationId }: CallOptions): Promise<object> => {
    const issuedAt = now()
    const leftMs = deadline - issuedAt
    if (leftMs <= 0) throw late()
    const context: GatewayContext = {
      viewer: { consumer: caller },
      consistency: {},
      correlationId,
      deadline,
      issuedAt,
    }
    try {
      return await once(method, bytes, signCall(secret, context, method.path, bytes), leftMs)
    } catch (error) {
      throw leftMs < fairMs && isStatus(error, status.DEADLINE_EXCEEDED) ? late(error) : error
    }
  }

  const explain = (error: unknown): Fault => {
    if (error instanceof Fault) return error
    if (isStatus(error, status.DEADLINE_EXCEEDED)) return late(error)
    return new Fault('SERVICE_UNAVAILABLE', `The ${what} cannot be asked at the moment. Try again.`, error)
  }

  return {
    async call(name, message, call) {
      const method = service[name]
      if (!method) throw new TypeError(`there is no method ${name}`)
      if (closed) throw new Closed(`the way to the ${what}`)
      const bytes = method.requestSerialize(message)
      try {
        return await withSpan(method.path, {}, () => policy.execute(() => attempt(method, bytes, call)))
      } catch (error) {
        throw explain(error)
      }
    },
    async [Symbol.asyncDispose]() {
      closed = true
      channels.close()
    },
  }
}
