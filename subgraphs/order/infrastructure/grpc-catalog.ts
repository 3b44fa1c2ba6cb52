import { createGrpcClient, type GrpcCalls, type GrpcClient, type GrpcServer } from '@mercato/adapters/grpc/client'
import { loadService } from '@mercato/adapters/grpc/protos'
import type { Clock } from '@mercato/shared-kernel/application'
import { z } from 'zod'
import type { ProductCatalog } from '#application/ports.ts'
import { createRemoteCatalog, type RemoteQuote } from './remote-catalog.ts'

const PROTO = new URL('../../../schema/proto/mercato/catalog/v1/catalog.proto', import.meta.url)

export type GrpcCatalogOptions = GrpcServer &
  Pick<GrpcCalls, 'secret' | 'logger' | 'retries' | 'pauseMs' | 'breakAfter' | 'restMs' | 'fairMs'> & {
    readonly clock: Clock
  }

/** What the wire cannot say as the contract does: 64-bit integers come as decimal strings, an absent message as null. */
const wire = z.object({
  lines: z.array(
    z.looseObject({
      unitPrice: z.looseObject({ amount: z.string().transform(Number) }).nullable(),
      available: z.string().transform(Number),
    }),
  ),
})

const overTheWire =
  (client: GrpcClient): RemoteQuote =>
  async (lines, asker) =>
    wire.parse(await client.call('Quote', { lines }, asker))

/** The catalogue of an inventory context in another process. */
export const createGrpcCatalog = ({ clock, ...options }: GrpcCatalogOptions): ProductCatalog & AsyncDisposable => {
  const client = createGrpcClient({
    ...options,
    service: loadService(PROTO, 'mercato.catalog.v1.Catalog'),
    caller: 'order',
    what: 'catalogue',
    now: () => clock.now().getTime(),
  })
  return {
    ...createRemoteCatalog(overTheWire(client), clock),
    [Symbol.asyncDispose]: () => client[Symbol.asyncDispose](),
  }
}
