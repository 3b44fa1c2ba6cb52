import { describe, expect, it } from 'vitest'
import { catalogUrlFrom, timingsFrom } from './config.ts'
import { defaultTimings } from './domain/saga-timings.ts'

describe('the timings of the saga', () => {
  it('have defaults', () => expect(timingsFrom({})).toEqual(defaultTimings))
  it('are read from the environment', () =>
    expect(timingsFrom({ ORDER_SHIP_WITHIN_MS: '60000', ORDER_RETRY_MS: '500', OTHER: 'x' })).toEqual({
      ...defaultTimings,
      shipWithinMs: 60_000,
      retryMs: 500,
    }))
  it.each(['soon', '0', '-5', '1.5', 'Infinity', 'NaN'])('refuse %s, naming the setting', text =>
    expect(() => timingsFrom({ ORDER_RETRY_MS: text })).toThrow(/^ORDER_RETRY_MS must /),
  )
  it('name everything that is wrong at once', () =>
    expect(() => timingsFrom({ ORDER_RETRY_MS: 'x', ORDER_SHIP_WITHIN_MS: '-1' })).toThrow(
      /ORDER_SHIP_WITHIN_MS .*; ORDER_RETRY_MS /,
    ))
})

describe('where the catalogue is asked', () => {
  it('is in this process unless an address is given', () => {
    expect(catalogUrlFrom({})).toBeUndefined()
    expect(catalogUrlFrom({ INVENTORY_GRPC_URL: '' })).toBeUndefined()
  })
  it.each(['grpc://inventory:50051', 'grpcs://shop.example:443/', 'grpc://[::1]:50051'])('may be %s', address =>
    expect(catalogUrlFrom({ INVENTORY_GRPC_URL: address })).toBe(address),
  )
  it.each(['inventory:50051', 'http://inventory:50051', 'grpc://inventory', 'grpc://in ventory:1', 'grpc://:50051'])(
    'is refused when it is %s',
    address =>
      expect(() => catalogUrlFrom({ INVENTORY_GRPC_URL: address })).toThrow(
        'INVENTORY_GRPC_URL must be an address such as grpc://inventory:50051.',
      ),
  )
})
