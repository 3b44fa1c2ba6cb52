import type { Claims, Clock } from '@mercato/shared-kernel/application'
import type { Aggregates } from './aggregates.ts'

/** Which product has which SKU: one product per SKU, whoever races for it. */
export interface SkuRegistry {
  /** Takes the SKU for a product about to be created; false when another has it. */
  take(sku: string, productId: string): Promise<boolean>
  /** The product was created: it keeps the SKU. */
  confirm(sku: string, productId: string): Promise<void>
  /** The product was not created. */
  giveBack(sku: string, productId: string): Promise<void>
  /** The product that exists under the SKU. */
  productOf(sku: string): Promise<string | undefined>
}

const SCOPE = 'sku'
/** Far longer than a request may take: nobody appends under a claim that has run out. */
const PENDING_MS = 60_000

export const createSkuRegistry = (dependencies: {
  readonly claims: Claims
  readonly clock: Clock
  readonly aggregates: Pick<Aggregates, 'products' | 'stockId'>
}): SkuRegistry => {
  const { claims, clock, aggregates } = dependencies
  const claimOf = aggregates.stockId

  const exists = async (sku: string, productId: string): Promise<boolean> => {
    const { state } = await aggregates.products.load(productId)
    return state.status !== 'absent' && state.sku === sku
  }

  /** Settles a claim that somebody left pending, by looking whether the product came to be. True when the SKU is free now. */
  const settle = async (sku: string): Promise<boolean> => {
    const holder = await claims.holder(SCOPE, claimOf(sku))
    if (!holder) return true
    if (await exists(sku, holder.ownerId)) {
      await claims.confirm(SCOPE, claimOf(sku), holder.ownerId)
      return false
    }
    if (holder.expiresAt > clock.now()) return false
    await claims.release(SCOPE, claimOf(sku), holder.ownerId)
    return true
  }

  const take: SkuRegistry['take'] = async (sku, productId) => {
    const until = new Date(clock.now().getTime() + PENDING_MS)
    const outcome = await claims.claim(SCOPE, claimOf(sku), productId, until)
    if (outcome.status === 'granted') return true
    return outcome.pending && (await settle(sku)) ? take(sku, productId) : false
  }

  return {
    take,
    confirm: (sku, productId) => claims.confirm(SCOPE, claimOf(sku), productId),
    giveBack: (sku, productId) => claims.release(SCOPE, claimOf(sku), productId),
    async productOf(sku) {
      const holder = await claims.holder(SCOPE, claimOf(sku))
      if (!holder) return undefined
      return !holder.pending || (await exists(sku, holder.ownerId)) ? holder.ownerId : undefined
    },
  }
}
