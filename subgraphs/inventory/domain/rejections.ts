import type { Rejection } from '@mercato/shared-kernel/domain'

type Field = readonly string[]

// Catalogue
export const productNotFound = (field: Field = ['id']): Rejection => ({
  code: 'PRODUCT.NOT_FOUND',
  message: 'There is no such product.',
  field,
})
export const skuTaken = (sku: string): Rejection => ({
  code: 'PRODUCT.SKU_TAKEN',
  message: `Another product already has the SKU ${sku}.`,
  field: ['sku'],
})
export const alreadyCreated: Rejection = {
  code: 'PRODUCT.ALREADY_EXISTS',
  message: 'A product with this id exists already.',
}
export const otherCurrency = (currency: string): Rejection => ({
  code: 'PRODUCT.OTHER_CURRENCY',
  message: `This product is sold in ${currency}; its currency cannot change.`,
  field: ['price', 'currency'],
})
export const notPositive: Rejection = {
  code: 'PRODUCT.PRICE_NOT_POSITIVE',
  message: 'A price must be more than nothing.',
  field: ['price', 'amount'],
}
export const invalid = (what: string, expected: string, field: Field): Rejection => ({
  code: `PRODUCT.INVALID_${what}`,
  message: expected,
  field,
})

// Stock
export const insufficientStock = (sku: string, available: number): Rejection => ({
  code: 'STOCK.INSUFFICIENT',
  message: `Only ${available} of ${sku} are available.`,
})
export const belowReserved = (reserved: number): Rejection => ({
  code: 'STOCK.BELOW_RESERVED',
  message: `${reserved} pieces are reserved: stock on hand cannot go below that.`,
  field: ['delta'],
})
export const tooMuchStock = (field: Field): Rejection => ({
  code: 'STOCK.TOO_MUCH',
  message: 'This is more than the warehouse can count.',
  field,
})
export const emptyAdjustment: Rejection = {
  code: 'STOCK.EMPTY_ADJUSTMENT',
  message: 'An adjustment must change something, by at most a million pieces.',
  field: ['delta'],
}
export const invalidThreshold: Rejection = {
  code: 'STOCK.INVALID_THRESHOLD',
  message: 'A threshold is a whole number from 0 to 1000000, or nothing.',
  field: ['threshold'],
}
export const invalidNote = (field: Field): Rejection => ({
  code: 'STOCK.INVALID_NOTE',
  message: 'A note has at most 200 characters, on one line.',
  field,
})
export const orderClosedForSku: Rejection = {
  code: 'STOCK.ORDER_CLOSED',
  message: 'This order has given its pieces back and cannot reserve again.',
}
export const reservationOver: Rejection = {
  code: 'STOCK.RESERVATION_OVER',
  message: 'The time for this reservation is over.',
}
export const notReserved: Rejection = {
  code: 'STOCK.NOT_RESERVED',
  message: 'This order has not reserved so many pieces.',
}

// Reservations
export const reservationExists: Rejection = {
  code: 'RESERVATION.EXISTS',
  message: 'This order has a reservation already.',
}
export const reservationBusy: Rejection = {
  code: 'RESERVATION.BUSY',
  message: 'Another step of this reservation is still under way.',
}
export const reservationNotOpen: Rejection = {
  code: 'RESERVATION.NOT_OPEN',
  message: 'This reservation is not waiting for stock.',
}
export const reservationNotFirm: Rejection = {
  code: 'RESERVATION.NOT_CONFIRMED',
  message: 'Only a confirmed reservation can be shipped.',
}
export const notHeld: Rejection = {
  code: 'RESERVATION.NOT_HELD',
  message: 'The reservation does not hold so many pieces.',
}
export const notShipped: Rejection = {
  code: 'RESERVATION.NOT_SHIPPED',
  message: 'Not so many pieces of this order have been shipped.',
}
