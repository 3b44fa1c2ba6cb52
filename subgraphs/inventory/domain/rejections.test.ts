import type { Rejection } from '@mercato/shared-kernel/domain'
import { expect, it } from 'vitest'
import * as why from './rejections.ts'

type Row = [Rejection, code: string, field: readonly string[] | undefined, sentence: RegExp]

/** Programs match the code, forms mark the field, people read the sentence. */
const refusals: Row[] = [
  [why.productNotFound(), 'PRODUCT.NOT_FOUND', ['id'], /no such product/],
  [why.productNotFound(['sku']), 'PRODUCT.NOT_FOUND', ['sku'], /no such product/],
  [why.skuTaken('COF-1'), 'PRODUCT.SKU_TAKEN', ['sku'], /already has the SKU COF-1/],
  [why.alreadyCreated, 'PRODUCT.ALREADY_EXISTS', undefined, /exists already/],
  [why.otherCurrency('EUR'), 'PRODUCT.OTHER_CURRENCY', ['price', 'currency'], /sold in EUR/],
  [why.notPositive, 'PRODUCT.PRICE_NOT_POSITIVE', ['price', 'amount'], /more than nothing/],
  [why.invalid('NAME', 'Too long.', ['name']), 'PRODUCT.INVALID_NAME', ['name'], /^Too long\.$/],
  [why.insufficientStock('COF-1', 2), 'STOCK.INSUFFICIENT', undefined, /Only 2 of COF-1 are available/],
  [why.belowReserved(4), 'STOCK.BELOW_RESERVED', ['delta'], /4 pieces are reserved/],
  [why.tooMuchStock(['quantity']), 'STOCK.TOO_MUCH', ['quantity'], /more than the warehouse can count/],
  [why.emptyAdjustment, 'STOCK.EMPTY_ADJUSTMENT', ['delta'], /must change something, by at most a million/],
  [why.invalidThreshold, 'STOCK.INVALID_THRESHOLD', ['threshold'], /from 0 to 1000000, or nothing/],
  [why.invalidNote(['note']), 'STOCK.INVALID_NOTE', ['note'], /at most 200 characters, on one line/],
  [why.orderClosedForSku, 'STOCK.ORDER_CLOSED', undefined, /cannot reserve again/],
  [why.reservationOver, 'STOCK.RESERVATION_OVER', undefined, /time for this reservation is over/],
  [why.notReserved, 'STOCK.NOT_RESERVED', undefined, /has not reserved so many/],
  [why.reservationExists, 'RESERVATION.EXISTS', undefined, /has a reservation already/],
  [why.reservationBusy, 'RESERVATION.BUSY', undefined, /still under way/],
  [why.reservationNotOpen, 'RESERVATION.NOT_OPEN', undefined, /not waiting for stock/],
  [why.reservationNotFirm, 'RESERVATION.NOT_CONFIRMED', undefined, /Only a confirmed reservation/],
  [why.notHeld, 'RESERVATION.NOT_HELD', undefined, /does not hold so many/],
  [why.notShipped, 'RESERVATION.NOT_SHIPPED', undefined, /have been shipped/],
]

it.each(refusals)('%# a refusal has a code, its field and a sentence: $code', (rejection, code, field, sentence) => {
  expect(rejection).toStrictEqual({
    code,
    message: expect.stringMatching(sentence),
    ...(field === undefined ? {} : { field }),
  })
})
