import { Fault, hasScope, type RequestContext } from '@mercato/shared-kernel/application'
import type { Order } from '#domain/order-state.ts'

export const forbidden = (): Fault => new Fault('FORBIDDEN', 'This belongs to somebody else.')

/** The signed-in customer; Fault UNAUTHENTICATED without one. */
export const customerOf = ({ viewer }: RequestContext): string => {
  if (!viewer.user) throw new Fault('UNAUTHENTICATED', 'Sign in first.')
  return viewer.user.id
}

/** The signed-in customer, who has confirmed an e-mail address: only such may order. */
export const buyerOf = (request: RequestContext): string => {
  const customerId = customerOf(request)
  if (!request.viewer.user?.emailVerified) throw new Fault('FORBIDDEN', 'Verify your e-mail address first.')
  return customerId
}

const owns = ({ viewer }: RequestContext, customerId: string): boolean => viewer.user?.id === customerId

export const mayRead = (request: RequestContext, customerId: string): boolean =>
  owns(request, customerId) || hasScope(request.viewer, 'orders:read:any')

/** `customer` for one's own order, `staff` with the scope for any; Fault FORBIDDEN otherwise. */
export const partyIn = (request: RequestContext, { customerId }: Order): 'customer' | 'staff' => {
  if (owns(request, customerId)) return 'customer'
  if (hasScope(request.viewer, 'orders:write:any')) return 'staff'
  throw forbidden()
}

/** Fault FORBIDDEN unless the viewer may pack, ship and take back. */
export const requireFulfilment = (request: RequestContext): void => {
  customerOf(request)
  if (!hasScope(request.viewer, 'orders:fulfil') && !hasScope(request.viewer, 'orders:write:any'))
    throw new Fault('FORBIDDEN', 'This needs the scope orders:fulfil or orders:write:any.')
}
