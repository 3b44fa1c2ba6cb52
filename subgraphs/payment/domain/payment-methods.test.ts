import { specFor } from '@mercato/shared-kernel/testing'
import { describe, expect, it } from 'vitest'
import { type PaymentMethodsEvent, paymentMethods } from './payment-methods.ts'

const { given } = specFor(paymentMethods)
const method = (paymentMethodId: string) => ({
  customerId: 'c',
  paymentMethodId,
  token: 'tok_approved',
  label: 'Card',
  addedAt: '2026-01-01T00:00:00.000Z',
})
const added = (id: string): PaymentMethodsEvent => ({ type: 'PaymentMethodAdded', data: method(id) })
const removal = (paymentMethodId: string) => ({ customerId: 'c', paymentMethodId })
const ten = Array.from({ length: 10 }, (_, index) => added(`m${index}`))

describe('payment methods of a customer', () => {
  it('can be added', () =>
    given()
      .when({ type: 'AddPaymentMethod', data: method('m1') })
      .then(added('m1')))
  it('are added once', () =>
    given(added('m1'))
      .when({ type: 'AddPaymentMethod', data: method('m1') })
      .then())
  it('are ten at the most', () =>
    given(...ten)
      .when({ type: 'AddPaymentMethod', data: method('m10') })
      .thenRejected('PAYMENT_METHOD.TOO_MANY'))
  it('make room when one is removed', () =>
    given(...ten, { type: 'PaymentMethodRemoved', data: removal('m3') })
      .when({ type: 'AddPaymentMethod', data: method('m10') })
      .then(added('m10')))
  it('can be removed', () =>
    given(added('m1'))
      .when({ type: 'RemovePaymentMethod', data: removal('m1') })
      .then({ type: 'PaymentMethodRemoved', data: removal('m1') }))
  it('cannot be removed when they are not there', () =>
    given()
      .when({ type: 'RemovePaymentMethod', data: removal('m1') })
      .thenRejected('PAYMENT_METHOD.NOT_FOUND', ['paymentMethodId']))
})

describe('payment methods of a customer who is erased', () => {
  const erase = { type: 'ErasePaymentMethods', data: { customerId: 'c', now: '2026-01-02T00:00:00.000Z' } } as const
  const erased: PaymentMethodsEvent = {
    type: 'PaymentMethodsErased',
    data: { customerId: 'c', at: '2026-01-02T00:00:00.000Z' },
  }
  it('are gone', () => {
    expect(paymentMethods.evolve({ methods: [method('m1')] }, erased)).toEqual({ methods: [], erased: true })
  })
  it('are erased', () => given(added('m1')).when(erase).then(erased))
  it('are erased also when there are none: none shall follow', () => given().when(erase).then(erased))
  it('are erased once', () => given(added('m1'), erased).when(erase).then())
  it('cannot be added any more', () =>
    given(erased)
      .when({ type: 'AddPaymentMethod', data: method('m1') })
      .thenRejected('PAYMENT_METHOD.CUSTOMER_ERASED'))
  it('cannot be removed any more', () =>
    given(added('m1'), erased)
      .when({ type: 'RemovePaymentMethod', data: removal('m1') })
      .thenRejected('PAYMENT_METHOD.NOT_FOUND', ['paymentMethodId']))
})
