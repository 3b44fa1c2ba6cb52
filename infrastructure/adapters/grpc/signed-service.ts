import type { handleUnaryCall, Metadata, ServiceDefinition, UntypedServiceImplementation } from '@grpc/grpc-js'
import { Fault, type GatewayContext, type Logger, withRemoteParent } from '@mercato/shared-kernel/application'
import type { Method, Service } from './protos.ts'
import { traceparentOf, verifyCall } from './signing.ts'
import { STATUS_OF } from './statuses.ts'

/** Answers one call; a Fault it throws keeps its code and message on the wire, anything else is masked. */
export type UnaryHandler = (message: object, context: GatewayContext) => Promise<object>

export interface SignedServiceOptions {
  /** Shared by the services of Mercato. */
  readonly secret: string
  readonly logger: Logger
  /** Milliseconds since the epoch. */
  readonly now: () => number
}

export interface Served {
  readonly definition: ServiceDefinition
  readonly implementation: UntypedServiceImplementation
}

const MASKED = 'Something went wrong on our side.'

const readMessage = (method: Method, bytes: Buffer): object => {
  try {
    return method.requestDeserialize(bytes)
  } catch (error) {
    throw new Fault('BAD_USER_INPUT', 'The message does not fit the protocol.', error)
  }
}

/** The unary methods of a service, for callers that can sign: nobody else's bytes are even read. */
export const signedService = (
  service: Service,
  handlers: Readonly<Record<string, UnaryHandler>>,
  { secret, logger, now }: SignedServiceOptions,
): Served => {
  const answer = async (method: Method, handler: UnaryHandler, bytes: Buffer, metadata: Metadata): Promise<object> => {
    const context = verifyCall(secret, metadata, method.path, bytes, now())
    if (!context) throw new Fault('UNAUTHENTICATED', 'The call is not signed by a service of Mercato.')
    return withRemoteParent(traceparentOf(metadata), method.path, async () => {
      try {
        return await handler(readMessage(method, bytes), context)
      } catch (error) {
        const { correlationId } = context
        if (!(error instanceof Fault)) logger.error('a gRPC call failed', { method: method.path, correlationId, error })
        throw error
      }
    })
  }

  const serve =
    (method: Method, handler: UnaryHandler): handleUnaryCall<Buffer, object> =>
    (call, callback) => {
      answer(method, handler, call.request, call.metadata).then(
        message => callback(null, message),
        (error: unknown) =>
          callback(
            error instanceof Fault
              ? { code: STATUS_OF[error.code], details: error.message }
              : { code: STATUS_OF.INTERNAL_SERVER_ERROR, details: MASKED },
          ),
      )
    }

  const definition: Record<string, ServiceDefinition[string]> = {}
  const implementation: UntypedServiceImplementation = {}
  for (const [name, method] of Object.entries(service)) {
    const handler = handlers[name]
    if (!handler) throw new TypeError(`${method.path} has no handler`)
    definition[name] = { ...method, requestDeserialize: bytes => bytes }
    implementation[name] = serve(method, handler)
  }
  return { definition, implementation }
}
