import { Server, ServerCredentials } from '@grpc/grpc-js'
import type { Served } from './signed-service.ts'

/** A gRPC server that listens. Disposing it waits for running calls, bounded, then closes. */
export interface ListeningGrpc extends AsyncDisposable {
  readonly port: number
}

/** The longest message that is read. */
const MOST_BYTES = 1024 * 1024
/** How long calls may go on once the server stops accepting. */
const DRAIN_MS = 5_000

/** Listens on `port` (0: a free one) in plain text: encryption between services is the mesh's. Rejects with a sentence. */
export const listenGrpc = async (
  services: readonly Served[],
  { host, port }: { readonly host: string; readonly port: number },
): Promise<ListeningGrpc> => {
  const server = new Server({ 'grpc.max_receive_message_length': MOST_BYTES, 'grpc.max_concurrent_streams': 1_000 })
  for (const { definition, implementation } of services) server.addService(definition, implementation)
  const bound = await new Promise<number>((resolve, reject) => {
    server.bindAsync(`${host}:${port}`, ServerCredentials.createInsecure(), (cause, actual) =>
      cause ? reject(new Error(`cannot listen on ${host}:${port}`, { cause })) : resolve(actual),
    )
  })
  let closing: Promise<void> | undefined
  const close = async (): Promise<void> => {
    const drained = new Promise<void>(resolve => server.tryShutdown(() => resolve()))
    const timer = setTimeout(() => server.forceShutdown(), DRAIN_MS)
    await drained
    clearTimeout(timer)
  }
  return {
    port: bound,
    [Symbol.asyncDispose]() {
      closing ??= close()
      return closing
    },
  }
}
