import { expect, it } from 'vitest'
import { accept, fold, reject } from './decider.ts'

it('a decision is the events that hold now, or the reason for a refusal', () => {
  expect(accept('a', 'b')).toStrictEqual({ outcome: 'accepted', events: ['a', 'b'] })
  expect(accept()).toStrictEqual({ outcome: 'accepted', events: [] })
  const rejection = { code: 'THING.WRONG', message: 'It is wrong.' } as const
  expect(reject(rejection)).toStrictEqual({ outcome: 'rejected', rejection })
})

it('a state is its events, folded oldest first', () => {
  expect(fold((state: string, event: string) => state + event, '', ['a', 'b', 'c'])).toBe('abc')
})
