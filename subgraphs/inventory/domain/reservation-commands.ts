import type { Ending, OrderLine } from './reservation-state.ts'

interface Request {
  readonly orderId: string
  /** Id of the request event; its answer carries it as causation. */
  readonly requestId: string
}

export type ReservationCommand =
  | {
      readonly type: 'openReservation'
      readonly data: Request & {
        readonly lines: readonly OrderLine[]
        readonly expiresAt: string
        readonly now: string
      }
    }
  | { readonly type: 'grantReservation'; readonly data: { readonly requestId: string } }
  | {
      readonly type: 'refuseReservation'
      readonly data: Omit<Extract<Ending, { kind: 'REFUSED' }>, 'kind'> & { readonly requestId: string }
    }
  | { readonly type: 'confirmReservation'; readonly data: Request }
  | { readonly type: 'releaseReservation'; readonly data: Request & { readonly reason: string } }
  | { readonly type: 'expireReservation'; readonly data: { readonly now: string } }
  | {
      readonly type: 'shipReservation'
      readonly data: Request & { readonly shipmentId: string; readonly lines: readonly OrderLine[] }
    }
  | {
      readonly type: 'restockReservation'
      readonly data: Request & { readonly returnId: string; readonly lines: readonly OrderLine[] }
    }
  /** Everything that the step of this request does to stock items is done. */
  | { readonly type: 'completeWork'; readonly data: { readonly requestId: string } }
