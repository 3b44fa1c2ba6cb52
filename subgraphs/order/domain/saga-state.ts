import type { Credit } from './saga-credit.ts'
import type { SagaOrder, SagaRequest } from './saga-events.ts'

/** A request that has not been answered. */
export interface Task {
  /** What it is for: `release`, `void`, `ship/<shipment>`, `capture/<shipment>`, `restock/<return>`, `refund/<cause>`. */
  readonly key: string
  readonly request: SagaRequest
  readonly dueAt: string
  readonly giveUpAt?: string
  /** After a definite no: the id under which it is asked again. */
  readonly nextId?: string
}

export interface Authorisation {
  readonly paymentId: string
  readonly expiresAt: string
}

interface Credited {
  readonly credit?: readonly Credit[]
}

/** What is known to be gone, so that undoing need not give it back. */
export type Lost = 'stock' | 'payment'

/** After the pivot: only forward. */
export interface Fulfilling extends Credited {
  readonly status: 'fulfilling'
  readonly order: SagaOrder
  readonly authorisation: Authorisation
  /** What is waited for besides the answers, and until when. */
  readonly stage:
    | { readonly name: 'shipping'; readonly dueAt: string }
    | { readonly name: 'delivering'; readonly dueAt: string }
    | { readonly name: 'delivered' }
  readonly shipments: readonly string[]
  readonly returns: readonly string[]
  /** The cancelled remainder still holds stock; it is given back once no shipment under way needs it. */
  readonly holdsRemainder: boolean
  readonly tasks: readonly Task[]
  readonly captures: readonly string[]
  /** Refunds that were refused too often: they wait for an operator. */
  readonly givenUp?: readonly Task[]
}

/** Before the pivot something failed, or the order was cancelled. */
export interface Undoing {
  readonly status: 'undoing'
  readonly orderId: string
  readonly outcome: 'rejected' | 'cancelled'
  readonly reason: string
  readonly tasks: readonly Task[]
  readonly captures: readonly string[]
  readonly givenUp?: readonly Task[]
}

export type SagaState =
  | { readonly status: 'none' }
  | { readonly status: 'reserving'; readonly order: SagaOrder; readonly reservedUntil: string; readonly dueAt: string }
  | (Credited & {
      readonly status: 'authorising'
      readonly order: SagaOrder
      readonly reservedUntil: string
      readonly dueAt: string
    })
  | (Credited & {
      readonly status: 'confirming'
      readonly order: SagaOrder
      readonly authorisation: Authorisation
      readonly dueAt: string
    })
  | (Credited & {
      readonly status: 'confirmed'
      readonly order: SagaOrder
      readonly authorisation: Authorisation
      readonly shipBy: string
      readonly dueAt: string
      readonly lost: readonly Lost[]
    })
  | Fulfilling
  | Undoing

export const initialState: SagaState = { status: 'none' }

export const creditOf = (state: SagaState): readonly Credit[] => ('credit' in state ? (state.credit ?? []) : [])

export const taskKey = (request: SagaRequest): string => {
  switch (request.type) {
    case 'StockReleaseRequested':
      return 'release'
    case 'PaymentVoidRequested':
      return 'void'
    case 'StockShipmentRequested':
      return `ship/${request.data.shipmentId}`
    case 'PaymentCaptureRequested':
      return `capture/${request.data.shipmentId}`
    case 'RestockRequested':
      return `restock/${request.data.returnId}`
    case 'PaymentRefundRequested':
      return `refund/${request.data.cause}`
  }
}

/** The earliest moment at which the saga must look again; none when it rests. */
export const nextDeadline = (state: SagaState): string | undefined => {
  switch (state.status) {
    case 'none':
      return undefined
    case 'reserving':
    case 'authorising':
    case 'confirming':
    case 'confirmed':
      return state.dueAt
    case 'fulfilling':
    case 'undoing': {
      const stage = state.status === 'fulfilling' && state.stage.name !== 'delivered' ? [state.stage.dueAt] : []
      const tasks = state.tasks.flatMap(({ dueAt, giveUpAt }) => (giveUpAt ? [dueAt, giveUpAt] : [dueAt]))
      return [...stage, ...tasks].sort()[0]
    }
  }
}
