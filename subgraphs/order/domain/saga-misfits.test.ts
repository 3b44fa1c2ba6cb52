import { specFor } from '@mercato/shared-kernel/testing'
import { describe, expect, it } from 'vitest'
import { begun, noted, past, release, told } from './saga.fixture.ts'
import { createSaga } from './saga.ts'
import type { SagaEvent } from './saga-events.ts'
import { at, day, minute, timings } from './saga-moments.fixture.ts'

const { given } = specFor(createSaga(timings))

describe('money that moves before anything can be done about it', () => {
  it.each(['none', 'reserving', 'authorising', 'confirming', 'confirmed'] as const)('is left alone while %s', name => {
    const saga = given(...past[name])
    saga.when(told('NotePaymentCaptureFailed', { captureId: 'c1', reason: 'x', nextId: 'c2' })).then()
    saga.when(told('NotePaymentRefundFailed', { refundId: 'f1', reason: 'x', nextId: 'f2' })).then()
    saga.when(told('NoteRemainderCancelled', {})).then()
    saga.when(told('NoteDelivery', {})).then()
  })
})

describe('events that do not fit the state', () => {
  const misfits: SagaEvent[] = [
    ...past.confirmed.slice(0, -1),
    noted('SagaConfirmed', { shipBy: at(day) }),
    noted('CancellationSought', { reason: 'x', lost: 'stock', askAgainAt: at(minute) }),
    noted('RemainderCancellationSought', { askAgainAt: at(minute) }),
    noted('RemainderClosed', { deliverBy: at(minute) }),
    noted('DeliveryAssumed', { askAgainAt: at(minute) }),
    noted('DeliveryNoted', {}),
    noted('ReturnNoted', { returnId: 'r1' }),
  ]
  it('change nothing of a saga that is being undone', () => {
    const undoing = [...past.confirming, begun('rejected', 'x')]
    const before = given(...undoing).state()
    for (const event of misfits) expect(given(...undoing, event).state(), event.type).toEqual(before)
    expect(
      given(...undoing, noted('ShipmentNoted', { shipmentId: 's', final: true, deliverBy: at(day) })).state(),
    ).toEqual(before)
  })
  it('change nothing of a saga that has passed the pivot', () => {
    const before = given(...past.shipped).state()
    for (const event of [...past.confirmed, begun('rejected', 'x')])
      expect(given(...past.shipped, event).state(), event.type).toEqual(before)
  })
  it.each(['reserving', 'authorising', 'confirming'] as const)('change nothing of a saga that is %s', name => {
    const before = given(...past[name]).state()
    for (const event of [
      noted('CancellationSought', { reason: 'x', askAgainAt: at(day) }),
      noted('RequestAnswered', { task: 'release' }),
      noted('RequestLapsed', { task: 'release' }),
      noted('StrayCaptureNoted', { captureId: 'c' }),
      noted('DeliveryNoted', {}),
      release('x'),
      ...(name === 'confirming' ? [] : [noted('SagaConfirmed', { shipBy: at(day) })]),
    ])
      expect(given(...past[name], event).state(), event.type).toEqual(before)
  })
})
