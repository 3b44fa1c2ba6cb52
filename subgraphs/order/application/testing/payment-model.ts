import type { Answer } from './inventory-model.ts'

interface Payment {
  status: 'requested' | 'authorised' | 'declined' | 'voided' | 'expired'
  readonly amount: number
  voiding: boolean
  expiresAt: string
  readonly captures: Map<string, { readonly amount: number; status: 'requested' | 'done' | 'failed' }>
  readonly refunds: Map<string, { readonly amount: number; status: 'requested' | 'done' | 'failed' }>
}

type Request = { readonly type: string; readonly data: Readonly<Record<string, unknown>> }
type Minor = { readonly amount: number; readonly currency: string }

/** What the provider may say about an operation that is under way. */
export interface Operation {
  readonly name: string
  succeed(now: string): Answer[]
  fail(now: string): Answer[]
}

const total = (movements: Payment['captures'], ...statuses: readonly string[]): number =>
  [...movements.values()].filter(({ status }) => statuses.includes(status)).reduce((sum, { amount }) => sum + amount, 0)

/** Payment as the contract describes it: requests become operations at the provider, whose outcome comes when it comes. */
export const createPaymentModel = (authorisedForMs: number) => {
  const payments = new Map<string, Payment>()
  /** Reasons of what was refused before the provider was asked: it is refused again. */
  const refused = new Map<string, string>()
  const eur = (amount: number): Minor => ({ amount, currency: 'EUR' })

  const begin = (orderId: string, status: Payment['status'], amount: number): void => {
    payments.set(orderId, { status, amount, voiding: false, expiresAt: '', captures: new Map(), refunds: new Map() })
  }

  const authorise = (orderId: string, amount: Minor): Answer[] => {
    if (!payments.has(orderId)) begin(orderId, 'requested', amount.amount)
    return []
  }

  const voidIt = (orderId: string): Answer[] => {
    const payment = payments.get(orderId)
    // A void that overtakes the request makes it void.
    if (!payment) begin(orderId, 'voided', 0)
    if (!payment || payment.status === 'declined' || payment.status === 'voided' || payment.status === 'expired')
      return [{ type: 'PaymentVoided', data: { orderId } }]
    const taken = total(payment.captures, 'done', 'requested')
    if (taken === 0) payment.voiding = true
    if (taken === 0) return []
    if (taken === total(payment.refunds, 'done')) return [{ type: 'PaymentVoided', data: { orderId } }]
    return [...payment.captures]
      .filter(([, { status }]) => status === 'done')
      .map(([captureId, { amount }]) => ({
        type: 'PaymentCaptured',
        data: { orderId, captureId, amount: eur(amount) },
      }))
  }

  const capture = (orderId: string, captureId: string, { amount }: Minor, now: string): Answer[] => {
    const failed = (reason: string): Answer[] => [
      { type: 'PaymentCaptureFailed', data: { orderId, captureId, reason } },
    ]
    const payment = payments.get(orderId)
    if (payment?.status !== 'authorised') return failed('NOT_AUTHORISED')
    if (payment.captures.has(captureId)) return []
    const tooMuch = total(payment.captures, 'done', 'requested') + amount > payment.amount
    const reason =
      refused.get(captureId) ??
      (payment.voiding
        ? 'VOIDED'
        : payment.expiresAt <= now
          ? 'AUTHORISATION_EXPIRED'
          : tooMuch
            ? 'EXCEEDS_AUTHORISED'
            : undefined)
    if (reason === undefined) payment.captures.set(captureId, { amount, status: 'requested' })
    else refused.set(captureId, reason)
    return reason === undefined ? [] : failed(reason)
  }

  const refund = (orderId: string, refundId: string, { amount }: Minor): Answer[] => {
    const payment = payments.get(orderId)
    if (!payment) throw new Error(`${orderId}: refund without a payment`)
    if (payment.refunds.has(refundId)) return []
    const nothing = total(payment.refunds, 'done', 'requested') + amount > total(payment.captures, 'done')
    const reason = refused.get(refundId) ?? (nothing ? 'NOTHING_CAPTURED' : undefined)
    if (reason === undefined) payment.refunds.set(refundId, { amount, status: 'requested' })
    else refused.set(refundId, reason)
    return reason === undefined ? [] : [{ type: 'PaymentRefundFailed', data: { orderId, refundId, reason } }]
  }

  const movements = (orderId: string, payment: Payment, kind: 'Captured' | 'Refunded'): Operation[] => {
    const [map, id, failed] =
      kind === 'Captured'
        ? ([payment.captures, 'captureId', 'PaymentCaptureFailed'] as const)
        : ([payment.refunds, 'refundId', 'PaymentRefundFailed'] as const)
    return [...map]
      .filter(([, { status }]) => status === 'requested')
      .map(([movementId, movement]) => ({
        name: `${kind} ${orderId} ${movementId}`,
        succeed() {
          movement.status = 'done'
          return [{ type: `Payment${kind}`, data: { orderId, [id]: movementId, amount: eur(movement.amount) } }]
        },
        fail() {
          movement.status = 'failed'
          return [{ type: failed, data: { orderId, [id]: movementId, reason: 'PROVIDER' } }]
        },
      }))
  }

  const authorisation = (orderId: string, payment: Payment): Operation[] =>
    payment.status !== 'requested'
      ? []
      : [
          {
            name: `Authorised ${orderId}`,
            succeed(now) {
              payment.status = 'authorised'
              payment.expiresAt = new Date(Date.parse(now) + authorisedForMs).toISOString()
              const { expiresAt } = payment
              const data = { orderId, paymentId: orderId, amount: eur(payment.amount), expiresAt }
              return [{ type: 'PaymentAuthorised', data }]
            },
            fail() {
              payment.status = 'declined'
              const declined: Answer = { type: 'PaymentDeclined', data: { orderId, reason: 'PROVIDER' } }
              return payment.voiding ? [declined, { type: 'PaymentVoided', data: { orderId } }] : [declined]
            },
          },
        ]

  const voidance = (orderId: string, payment: Payment): Operation[] => {
    if (payment.status !== 'authorised' || !payment.voiding) return []
    const voided = (): Answer[] => {
      payment.status = 'voided'
      return [{ type: 'PaymentVoided', data: { orderId } }]
    }
    return [{ name: `Voided ${orderId}`, succeed: voided, fail: voided }]
  }

  return {
    handle(request: Request, now: string): Answer[] {
      const data = request.data as Readonly<Record<string, string>> & { readonly amount: Minor }
      const orderId = String(data['orderId'])
      switch (request.type) {
        case 'order.PaymentAuthorisationRequested':
          return authorise(orderId, data.amount)
        case 'order.PaymentVoidRequested':
          return voidIt(orderId)
        case 'order.PaymentCaptureRequested':
          return capture(orderId, String(data['captureId']), data.amount, now)
        case 'order.PaymentRefundRequested':
          return refund(orderId, String(data['refundId']), data.amount)
        default:
          return []
      }
    },

    /** What is under way at the provider. */
    operations: (): readonly Operation[] =>
      [...payments].flatMap(([orderId, payment]) => [
        ...authorisation(orderId, payment),
        ...voidance(orderId, payment),
        ...movements(orderId, payment, 'Captured'),
        ...movements(orderId, payment, 'Refunded'),
      ]),

    /** Authorisations that may run out, now or later. */
    expiring: (): readonly { readonly orderId: string; readonly expiresAt: string }[] =>
      [...payments]
        .filter(([, { status, captures }]) => status === 'authorised' && captures.size === 0)
        .map(([orderId, { expiresAt }]) => ({ orderId, expiresAt })),

    expire(orderId: string): Answer[] {
      const payment = payments.get(orderId)
      if (payment?.status !== 'authorised' || payment.captures.size > 0) return []
      payment.status = 'expired'
      return [{ type: 'AuthorisationExpired', data: { orderId } }]
    },

    /** The provider takes money that nobody asked for: a share of what is left of the authorisation. */
    captureByItself(orderId: string, captureId: string, share: number): Answer[] {
      const payment = payments.get(orderId)
      if (payment?.status !== 'authorised' || payment.captures.has(captureId)) return []
      const amount = Math.floor((payment.amount - total(payment.captures, 'done', 'requested')) * share)
      if (amount <= 0) return []
      payment.captures.set(captureId, { amount, status: 'done' })
      return [{ type: 'PaymentCaptured', data: { orderId, captureId, amount: eur(amount) } }]
    },

    capturedOf: (orderId: string): number => total(payments.get(orderId)?.captures ?? new Map(), 'done'),
    refundedOf: (orderId: string): number => total(payments.get(orderId)?.refunds ?? new Map(), 'done'),
    /** Whether money of this order is still set aside. */
    holds: (orderId: string): boolean => {
      const payment = payments.get(orderId)
      return payment?.status === 'requested' || (payment?.status === 'authorised' && payment.captures.size === 0)
    },

    /** The authorisation ran out before a shipment was captured: only a person can get this money. */
    isUncollectable(orderId: string, now: string): boolean {
      const payment = payments.get(orderId)
      return payment?.status === 'expired' || (payment?.status === 'authorised' && payment.expiresAt <= now)
    },

    /** Per order: 0 ≤ refunded ≤ captured ≤ authorised. */
    check(): void {
      for (const [orderId, payment] of payments) {
        const captured = total(payment.captures, 'done')
        const refunded = total(payment.refunds, 'done')
        const authorised = payment.status === 'declined' ? 0 : payment.amount
        if (refunded < 0 || refunded > captured || captured > authorised)
          throw new Error(`${orderId}: refunded ${refunded}, captured ${captured}, authorised ${authorised}`)
      }
    },
  }
}
