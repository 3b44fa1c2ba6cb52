import { Closed, Fault } from '@mercato/shared-kernel/application'
import { describe, expect, it } from 'vitest'
import { fromEventStoreDB } from './errors.ts'

const failure = (message: string, type?: string) =>
  Object.assign(new Error(message), type === undefined ? {} : { type })

describe('a failed call to EventStoreDB', () => {
  it.each([
    failure('14 UNAVAILABLE: Server Is Not Ready', 'unavailable'),
    failure('4 DEADLINE_EXCEEDED', 'deadline-exceeded'),
    failure('10 ABORTED: Operation timed out', 'timeout'),
    failure('1 CANCELLED: call ended by the server', 'cancelled'),
    failure('5 NOT_FOUND: Leader info available', 'not-leader'),
    failure('2 UNKNOWN: No leader info available in response', 'unknown'),
    failure('13 INTERNAL: Received RST_STREAM with code 2', 'unknown'),
    failure('8 RESOURCE_EXHAUSTED: too many streams', 'unknown'),
    failure('Failed to discover after 10 attempts.'),
  ])('may be tried again: $message', error => {
    expect(fromEventStoreDB(error)).toMatchObject({ code: 'SERVICE_UNAVAILABLE', retryable: true, cause: error })
  })

  it('is the caller’s fault when the append is larger than the server takes', () => {
    const error = failure('3 INVALID_ARGUMENT: Maximum Append Size of 1024 Exceeded.', 'maximum-append-size-exceeded')
    expect(fromEventStoreDB(error)).toMatchObject({ code: 'BAD_USER_INPUT', retryable: false, cause: error })
  })

  it.each([
    failure('7 PERMISSION_DENIED: Access Denied', 'access-denied'),
    failure('9 FAILED_PRECONDITION: Event stream is deleted.', 'stream-deleted'),
    failure('2 UNKNOWN: Unexpected ReadStreamResult: Error', 'unknown'),
    new TypeError('a bug of ours'),
    new Fault('SERVICE_UNAVAILABLE', 'in time'),
    new Closed('EventStore'),
  ])('stays what it is otherwise: $message', error => {
    expect(fromEventStoreDB(error)).toBe(error)
  })

  it('is an error even when what was thrown is none', () => {
    expect(fromEventStoreDB('text')).toMatchObject({ cause: 'text' })
  })
})
