import { healthService } from '@mercato/adapters/grpc/health'
import { type ListeningGrpc, listenGrpc } from '@mercato/adapters/grpc/listen'
import { loadService } from '@mercato/adapters/grpc/protos'
import { signedService, type UnaryHandler } from '@mercato/adapters/grpc/signed-service'
import { Fault, type Logger } from '@mercato/shared-kernel/application'
import { MAX_QUANTITY } from '@mercato/shared-kernel/domain'
import { z } from 'zod'
import type { Quote } from '#application/quote.ts'

const PROTO = new URL('../../../schema/proto/', import.meta.url)
const CATALOG = 'mercato.catalog.v1.Catalog'
const HEALTH = 'grpc.health.v1.Health'

export interface CatalogServerOptions {
  readonly quote: Quote
  /** Whether the context can answer now, for the health service. */
  readonly ready: () => boolean
  /** Shared by the services of Mercato: a call that is not signed with it is refused. */
  readonly gatewaySecret: string
  readonly logger: Logger
  /** Milliseconds since the epoch. */
  readonly now: () => number
  readonly host: string
  /** 0: a free one. */
  readonly port: number
}

const MOST_LINES = 200
const quantity = z.int().min(1).max(MAX_QUANTITY)
const question = z.object({
  lines: z
    .array(z.union([z.object({ productId: z.string(), quantity }), z.object({ sku: z.string(), quantity })]))
    .min(1)
    .max(MOST_LINES),
})

const quoteOver =
  (quote: Quote): UnaryHandler =>
  async message => {
    const asked = question.safeParse(message)
    if (!asked.success)
      throw new Fault('BAD_USER_INPUT', `A quote is of 1 to ${MOST_LINES} lines, each of pieces of a product.`)
    return quote(asked.data.lines)
  }

/** The catalogue over gRPC, for the other services of Mercato, and the standard health service, for everybody. */
export const createCatalogServer = async (options: CatalogServerOptions): Promise<ListeningGrpc> => {
  const { quote, ready, gatewaySecret: secret, logger, now } = options
  let closing = false
  const catalog = signedService(
    loadService(new URL('mercato/catalog/v1/catalog.proto', PROTO), CATALOG),
    { Quote: quoteOver(quote) },
    { secret, logger, now },
  )
  const health = healthService(loadService(new URL('grpc/health/v1/health.proto', PROTO), HEALTH), service =>
    service === '' || service === CATALOG ? (ready() && !closing ? 'SERVING' : 'NOT_SERVING') : undefined,
  )
  const listening = await listenGrpc([catalog, health], options)
  return {
    port: listening.port,
    async [Symbol.asyncDispose]() {
      closing = true
      health.end()
      await listening[Symbol.asyncDispose]()
    },
  }
}
