import { specFor } from '@mercato/shared-kernel/testing'
import { describe, it } from 'vitest'
import {
  approval,
  authorised,
  captureRequested,
  declined,
  expired,
  givenBack,
  later,
  orderId,
  refundRequested,
  refusal,
  requested,
  taken,
  unknown,
  voided,
  voidRequested,
} from './payment.fixture.ts'
import { payment } from './payment.ts'
import type { Operation, PaymentEvent } from './payment-events.ts'

const { given } = specFor(payment)

describe('an answer of the provider', () => {
  const over: readonly (readonly PaymentEvent[])[] = [
    [],
    [requested, declined],
    [requested, voided],
    [requested, authorised, expired],
  ]

  it.each<Operation>(['void', 'capture'])('to %s changes nothing once all is over', operation => {
    for (const past of over) {
      given(...past)
        .when(approval(operation))
        .then()
      given(...past)
        .when(refusal(operation))
        .then()
    }
  })

  it('to a refund cannot be booked once all is over', () => {
    for (const past of over.slice(1)) {
      given(...past)
        .when(approval('refund'))
        .thenRejected('PAYMENT.REPORT_REFUND_UNASKED')
      given(...past)
        .when(refusal('refund'))
        .then()
    }
  })
  it.each<Operation>(['void', 'refund'])('to a %s that nobody ever began changes nothing', operation =>
    given().when(approval(operation)).then(),
  )

  it('to a capture that nobody asked for, and of which nobody knows the amount, changes nothing', () =>
    given(requested, authorised).when(approval('capture')).then())
  it.each<Operation>(['capture', 'refund'])('no to a %s that nobody asked for changes nothing', operation =>
    given(requested, authorised).when(refusal(operation)).then(),
  )

  it('that comes again finds the operation settled', () => {
    const past = [
      requested,
      authorised,
      captureRequested('c1', 300),
      taken('c1', 300),
      refundRequested('r1', 50),
      givenBack('r1', 50),
    ]
    for (const [operation, id] of [
      ['authorise', orderId],
      ['capture', 'c1'],
      ['refund', 'r1'],
    ] as const)
      for (const answer of [approval(operation, id), refusal(operation, id)])
        given(...past)
          .when(answer)
          .then()
  })

  it('that is not known is noted while something is open, and not any more afterwards', () => {
    const note = { type: 'RecordUnknown', data: { operation: 'capture', operationId: 'x' } } as const
    for (const past of [[requested], [requested, authorised]])
      given(...past)
        .when(note)
        .then(unknown('capture'))
    for (const past of over)
      given(...past)
        .when(note)
        .then()
  })

  it('does not let an authorisation expire that is over, being voided, or wholly taken', () => {
    const expire = { type: 'ExpireAuthorisation', data: { now: later } } as const
    for (const past of over)
      given(...past)
        .when(expire)
        .then()
    given(requested).when(expire).then()
    given(requested, authorised, voidRequested).when(expire).then()
    given(requested, authorised, captureRequested('c1', 1_000, true))
      .when(expire)
      .then()
    given(requested, authorised).when(expire).then(expired)
  })
})
