import { describe, expect, it } from 'vitest'
import { causeOf, Fault, RevisionConflict } from './faults.ts'

describe('what is kept of a failure', () => {
  it('is code and sentence of our own errors', () => {
    expect(causeOf(new Fault('CONFLICT', 'Somebody was first.'))).toBe('CONFLICT: Somebody was first.')
    expect(causeOf(new RevisionConflict('a.B-1', 2, 3))).toBe('REVISION_CONFLICT: stream a.B-1 is at revision 3, not 2')
  })

  it('is not what a foreign error quotes', () => {
    const driver = Object.assign(new Error('Key (email)=(ann@example.com) already exists'), { code: '23505' })
    expect(causeOf(driver)).toBe('23505: the log says more about it')
    expect(causeOf(new TypeError('cannot read ann@example.com'))).toBe('TypeError: the log says more about it')
    expect(causeOf('ann@example.com')).toBe('unknown failure')
  })
})
