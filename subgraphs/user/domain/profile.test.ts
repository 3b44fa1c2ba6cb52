import { describe, expect, it } from 'vitest'
import { changeProfile } from './profile.ts'
import { canonicalUsername } from './username.ts'

const PHONE_INVALID = { ok: false, rejection: { code: 'USER.PHONE_INVALID', field: ['phone'] } }
const NAME_INVALID = { ok: false, rejection: { code: 'USER.DISPLAY_NAME_INVALID', field: ['displayName'] } }

describe('a phone number', () => {
  it.each(['12345', '+12345', '+49 (30) 123-456.78/9', '0'.repeat(20), ' 030 123456 '])('may be %j', phone => {
    expect(changeProfile({}, { phone })).toStrictEqual({ ok: true, value: { phone: phone.trim() } })
  })
  it.each([
    ['too few digits', '1234'],
    ['few digits among many signs', '1-- --2'],
    ['too many digits', '0'.repeat(21)],
    ['text before it', 'call 030 123456'],
    ['text after it', '030 123456 please'],
    ['letters inside', '030 CALL 123456'],
    ['two plus signs', '++49 30 123456'],
    ['a sign first', '(030) 123456'],
    ['a sign last', '030 123456-'],
    ['nothing', ''],
  ])('has no %s', (_what, phone) => expect(changeProfile({}, { phone })).toMatchObject(PHONE_INVALID))
  it('may be taken away', () =>
    expect(changeProfile({ displayName: 'Ann', phone: '12345' }, { phone: null })).toStrictEqual({
      ok: true,
      value: { displayName: 'Ann' },
    }))
})

describe('a name to show', () => {
  it.each(['A', 'Ann Lee', 'x'.repeat(80), '王小明'])('may be %j', displayName => {
    expect(changeProfile({}, { displayName })).toStrictEqual({ ok: true, value: { displayName } })
  })
  it.each(['', ' ', 'x'.repeat(81), 'two\nlines', 'a\u2029b'])('is not %j', displayName => {
    expect(changeProfile({}, { displayName })).toMatchObject(NAME_INVALID)
  })
})

it('a profile nothing is known of stays empty', () =>
  expect(changeProfile({}, {})).toStrictEqual({ ok: true, value: {} }))

it('a user name is compared in small letters, as claims have kept it from the first day', () =>
  expect(canonicalUsername('Ann.Lee-2')).toBe('ann.lee-2'))
