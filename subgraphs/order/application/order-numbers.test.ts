import { createMemoryClaims } from '@mercato/adapters/claims/memory'
import { createUuidIds } from '@mercato/adapters/ids/uuid'
import { describe, expect, it } from 'vitest'
import { createOrderNumbers } from './order-numbers.ts'

const now = new Date('2026-03-01T12:00:00Z')
const ids = createUuidIds()

describe('order numbers', () => {
  it('can be read aloud, and are the same again for the same order', async () => {
    const numbers = createOrderNumbers(createMemoryClaims(), ids)
    const orderId = ids.next()
    const number = await numbers.take(orderId, now)
    expect(number).toMatch(/^M-2026-[0-9A-HJKMNP-TV-Z]{6}$/)
    expect(await numbers.take(orderId, now)).toBe(number)
    expect(await numbers.find(number.toLowerCase())).toBe(orderId)
  })

  it('are never given twice, also when two orders would get the same', async () => {
    const colliding = { next: ids.next, derive: (_: string, name: string) => ids.derive('one for all', name) }
    const numbers = createOrderNumbers(createMemoryClaims(), colliding)
    const taken = await Promise.all(Array.from({ length: 10 }, (_, index) => numbers.take(`order ${index}`, now)))
    expect(new Set(taken).size).toBe(10)
  })

  it('come back when their order is not placed, and stay when it is', async () => {
    const numbers = createOrderNumbers(createMemoryClaims(), ids)
    const [first, second] = [ids.next(), ids.next()]
    const given = await numbers.take(first, now)
    await numbers.release(given, first)
    expect(await numbers.find(given)).toBeUndefined()
    const kept = await numbers.take(second, now)
    await numbers.confirm(kept, second)
    expect(await numbers.find(kept)).toBe(second)
  })
})
