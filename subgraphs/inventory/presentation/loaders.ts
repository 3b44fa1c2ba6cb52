import type { RequestContext } from '@mercato/shared-kernel/application'
import DataLoader from 'dataloader'
import type { Queries } from '#application/queries.ts'
import { reservedLineIn } from '#application/reserved-lines.ts'
import type { SubgraphContext } from './context.ts'

type Loaders = Pick<SubgraphContext, 'productById' | 'productBySku' | 'stockBySku' | 'reservedLine'>

/** Reads of one request, batched and each made once. What a mutation of the same request wrote is included. */
export const createLoaders = (queries: Queries, request: RequestContext): Loaders => {
  const consistency = () => ({ ...request.consistency, ...request.wrote })
  const products = new DataLoader(async (ids: readonly string[]) => [
    ...(await queries.productsById(ids, consistency())),
  ])
  const ids = new DataLoader(async (skus: readonly string[]) => [
    ...(await queries.productIdsBySku(skus, consistency())),
  ])
  const stock = new DataLoader(async (skus: readonly string[]) => [...(await queries.stock(skus, consistency()))], {
    cache: false,
  })
  const reservations = new DataLoader((orderIds: readonly string[]) =>
    Promise.all(orderIds.map(orderId => queries.reservation(orderId))),
  )
  return {
    productById: id => products.load(id),
    async productBySku(sku) {
      const id = await ids.load(sku)
      return id === undefined ? undefined : products.load(id)
    },
    stockBySku: sku => stock.load(sku),
    reservedLine: async (orderId, sku) => reservedLineIn(await reservations.load(orderId), sku),
  }
}
