import { specFor } from '@mercato/shared-kernel/testing'
import { describe, expect, it } from 'vitest'
import { asked, firstly, noted, parcels, past, told } from './saga.fixture.ts'
import { createSaga } from './saga.ts'
import type { SagaEvent } from './saga-events.ts'
import { MAX_REFUND_ATTEMPTS } from './saga-late.ts'
import { at, authorisedUntil, reservedUntil, timings } from './saga-moments.fixture.ts'
import { retryAt } from './saga-timings.ts'
import { eur, now } from './samples.fixture.ts'

const { given } = specFor(createSaga(timings))
const later = at(1_000)
const retry = told('RetrySaga', { nextIds: {} }, later)
const compensate = told('CompensateSaga', {}, later)
const retried = noted('RetryOrdered', {}, later)
const ordered = noted('CompensationOrdered', {}, later)
const second = { attempt: 2, retryAt: retryAt(later, 2, timings) }

describe('an operator who has a saga try again', () => {
  it('has every open request asked again at once', () =>
    given(...past.partlyShipped)
      .when(retry)
      .then(
        retried,
        asked('StockShipmentRequested', { shipmentId: 's-pen', lines: parcels.pen.lines, ...second }),
        asked('PaymentCaptureRequested', {
          shipmentId: 's-pen',
          captureId: 's-pen',
          amount: eur(714),
          final: false,
          ...second,
        }),
      ))

  it('has a capture that was refused asked again under its new id', () =>
    given(
      ...past.partlyShipped,
      noted('RequestAnswered', { task: 'ship/s-pen' }),
      noted('RequestFailed', { task: 'capture/s-pen', reason: 'DECLINED', nextId: 'c-2', retryAt: at(60_000) }),
    )
      .when(retry)
      .then(
        retried,
        asked('PaymentCaptureRequested', {
          shipmentId: 's-pen',
          captureId: 'c-2',
          amount: eur(714),
          final: false,
          ...second,
        }),
      ))

  it('has what is to be given back asked for again', () =>
    given(
      ...past.reserving,
      noted('UndoingBegun', { outcome: 'rejected', reason: 'STOCK_UNANSWERED' }),
      firstly('StockReleaseRequested', { reason: 'STOCK_UNANSWERED', giveUpAt: reservedUntil }),
    )
      .when(retry)
      .then(
        retried,
        asked('StockReleaseRequested', { reason: 'STOCK_UNANSWERED', giveUpAt: reservedUntil, ...second }),
      ))

  describe('after a refund was refused too often', () => {
    const refund = { cause: 'r-1', refundId: 'r-1', amount: eur(714), reason: 'RETURN' }
    const attempt = { attempt: MAX_REFUND_ATTEMPTS, retryAt: at(60_000) }
    const givenUp: SagaEvent[] = [
      ...past.shipped,
      ...['ship/s-pen', 'capture/s-pen', 'ship/s-mugs', 'capture/s-mugs'].map(task =>
        noted('RequestAnswered', { task }),
      ),
      noted('DeliveryNoted', {}),
      asked('PaymentRefundRequested', { ...refund, ...attempt }),
      noted('RequestLapsed', { task: 'refund/r-1' }),
    ]
    const again = { ...refund, refundId: 'r-2', attempt: MAX_REFUND_ATTEMPTS + 1 }
    const askedAgain = asked('PaymentRefundRequested', {
      ...again,
      retryAt: retryAt(later, MAX_REFUND_ATTEMPTS + 1, timings),
    })

    it('remembers it', () => {
      expect(given(...givenUp).state()).toMatchObject({ tasks: [], givenUp: [{ key: 'refund/r-1' }] })
    })
    it('has it asked again under a new id', () =>
      given(...givenUp)
        .when(told('RetrySaga', { nextIds: { 'refund/r-1': 'r-2' } }, later))
        .then(retried, askedAgain))
    it('has nothing asked again without a new id: the old one was refused for good', () =>
      given(...givenUp)
        .when(retry)
        .thenRejected('SAGA.NOTHING_TO_RETRY'))
    it('waits for its answer as for any other', () => {
      const state = given(...givenUp, retried, askedAgain).state()
      expect(state).toMatchObject({ tasks: [{ key: 'refund/r-1' }] })
      expect(state).not.toHaveProperty('givenUp')
    })
    it('forgets no other refund that was given up', () => {
      const other = { ...refund, cause: 'r-9', refundId: 'r-9' }
      const state = given(
        ...givenUp,
        asked('PaymentRefundRequested', { ...other, ...attempt }),
        noted('RequestLapsed', { task: 'refund/r-9' }),
        askedAgain,
      ).state()
      expect(state).toMatchObject({ tasks: [{ key: 'refund/r-1' }], givenUp: [{ key: 'refund/r-9' }] })
    })
  })

  it('finds nothing to wait for in what lapsed by itself', () =>
    given(
      ...past.reserving,
      noted('UndoingBegun', { outcome: 'rejected', reason: 'STOCK_UNANSWERED' }),
      firstly('StockReleaseRequested', { reason: 'STOCK_UNANSWERED', giveUpAt: reservedUntil }),
      noted('RequestLapsed', { task: 'release' }),
    )
      .when(retry)
      .thenRejected('SAGA.NOTHING_TO_RETRY'))

  it.each(['reserving', 'authorising', 'confirming', 'confirmed'] as const)(
    'cannot while it is %s: it gives up by itself at its deadline',
    status => {
      given(...past[status])
        .when(retry)
        .thenRejected('SAGA.NOTHING_TO_RETRY')
    },
  )
  it('cannot when there is none', () => given().when(retry).thenRejected('SAGA.NOT_FOUND', ['orderId']))
})

describe('an operator who gives an order up', () => {
  const begun = noted('UndoingBegun', { outcome: 'rejected', reason: 'OPERATOR' }, later)
  it('has a reservation released', () =>
    given(...past.reserving)
      .when(compensate)
      .then(ordered, begun, firstly('StockReleaseRequested', { reason: 'OPERATOR', giveUpAt: reservedUntil }, later)))
  it('has an authorisation voided too', () =>
    given(...past.confirming)
      .when(compensate)
      .then(
        ordered,
        begun,
        firstly('StockReleaseRequested', { reason: 'OPERATOR' }, later),
        firstly('PaymentVoidRequested', { reason: 'OPERATOR', giveUpAt: authorisedUntil }, later),
      ))
  it('has a confirmed order cancel itself: it may be shipped at this moment', () =>
    given(...past.confirmed)
      .when(compensate)
      .then(
        ordered,
        noted('CancellationSought', { reason: 'OPERATOR', askAgainAt: retryAt(later, 1, timings) }, later),
      ))
  it('cannot once something was shipped', () =>
    given(...past.partlyShipped)
      .when(compensate)
      .thenRejected('SAGA.PAST_PIVOT'))
  it('cannot twice', () =>
    given(...past.reserving, noted('UndoingBegun', { outcome: 'rejected', reason: 'OPERATOR' }, now))
      .when(compensate)
      .thenRejected('SAGA.ALREADY_UNDOING'))
  it('cannot when there is none', () => given().when(compensate).thenRejected('SAGA.NOT_FOUND', ['orderId']))
})
