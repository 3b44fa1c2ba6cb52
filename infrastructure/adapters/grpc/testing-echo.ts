import { createMemoryLogger } from '../logger/memory.ts'
import { createGrpcClient, type GrpcClient, type GrpcClientOptions } from './client.ts'
import { listenGrpc } from './listen.ts'
import { loadService } from './protos.ts'
import { signedService, type UnaryHandler } from './signed-service.ts'

export const SECRET = 'a secret of the services of Mercato'
export const ECHO = loadService(new URL('./fixtures/echo.proto', import.meta.url), 'mercato.testing.Echo')

/** A server whose one method answers with `say`, on a port of its own or on `port`. */
export const serveEcho = async (say: UnaryHandler, { now = Date.now, port = 0 } = {}) => {
  const logger = createMemoryLogger()
  const served = signedService(ECHO, { Say: say }, { secret: SECRET, logger, now })
  const listening = await listenGrpc([served], { host: '127.0.0.1', port })
  return {
    logger,
    port: listening.port,
    url: `grpc://127.0.0.1:${listening.port}`,
    [Symbol.asyncDispose]: () => listening[Symbol.asyncDispose](),
  }
}

/** A client of it that loses no time. */
export const echoClient = (url: string, over: Partial<GrpcClientOptions> = {}) => {
  const logger = createMemoryLogger()
  const client: GrpcClient = createGrpcClient({
    url,
    service: ECHO,
    secret: SECRET,
    caller: 'tests',
    what: 'echo',
    now: Date.now,
    logger,
    pauseMs: 4,
    ...over,
  })
  return {
    logger,
    say: (message: object, { leftMs = 5_000, correlationId = 'c-1' } = {}) =>
      client.call('Say', message, { deadline: Date.now() + leftMs, correlationId }),
    [Symbol.asyncDispose]: () => client[Symbol.asyncDispose](),
  }
}
