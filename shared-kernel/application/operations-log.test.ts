import { eventFixturesContract } from '@mercato/shared-kernel/testing'
import { describe, expect, it } from 'vitest'
import { isOperational, operationsSchemas } from './operations-log.ts'

eventFixturesContract('order', operationsSchemas, new URL('./fixtures/', import.meta.url))

describe('the log of operations', () => {
  it('is a category of its own in every context', () => {
    expect(isOperational({ context: 'order', streamId: 'order.Operations-replays' })).toBe(true)
    expect(isOperational({ context: 'order', streamId: 'order.Order-1' })).toBe(false)
  })
})
