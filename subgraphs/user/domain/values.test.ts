import { describe, expect, it } from 'vitest'
import { checkPassword } from './password-policy.ts'
import { changeProfile } from './profile.ts'
import { ROLES, scopesOf } from './roles.ts'
import { canonicalUsername, parseUsername } from './username.ts'

describe('a user name', () => {
  it.each(['ann', 'Ann.Lee-2_x', '1st', 'x'.repeat(32)])('may be %s', name => {
    expect(parseUsername(name)).toEqual({ ok: true, value: name })
  })
  it.each(['', 'an', '.ann', '-ann', 'ann lee', 'änn', 'x'.repeat(33), 'ann\n', 'ann@example.com'])(
    'is not %j',
    name => {
      expect(parseUsername(name)).toMatchObject({ ok: false, rejection: { code: 'USER.USERNAME_INVALID' } })
    },
  )
  it('is unique whatever its case', () => expect(canonicalUsername('Ann')).toBe(canonicalUsername('aNN')))
})

describe('a password', () => {
  const about = { field: 'password', email: 'Johannes.Doe@example.com', username: 'johndoe-the-first' }
  const codeOf = (password: string) => {
    const checked = checkPassword(password, about)
    return checked.ok ? undefined : checked.rejection.code
  }
  it.each(['correct horse battery staple', 'aB3$ xyz 9', '密码密码 一二三四五六', 'x1'.repeat(5).concat('yz')])(
    'may be %j',
    password => {
      expect(codeOf(password)).toBeUndefined()
    },
  )
  it.each([
    ['ninechars', 'USER.PASSWORD_TOO_SHORT'],
    ['😀😀😀😀😀', 'USER.PASSWORD_TOO_SHORT'],
    ['x'.repeat(257), 'USER.PASSWORD_TOO_LONG'],
    ['aaaaaaaaaaaa', 'USER.PASSWORD_TOO_WEAK'],
    ['abababababab', 'USER.PASSWORD_TOO_WEAK'],
    ['Password123', 'USER.PASSWORD_TOO_WEAK'],
    ['johannes.doe', 'USER.PASSWORD_TOO_WEAK'],
    ['JOHANNES.DOE@EXAMPLE.COM', 'USER.PASSWORD_TOO_WEAK'],
    ['johndoe-the-FIRST', 'USER.PASSWORD_TOO_WEAK'],
  ])('is not %j', (password, code) => expect(codeOf(password)).toBe(code))
  it('is the same however its letters are encoded', () => {
    expect(checkPassword('Pa\u0308sse und Wege', about)).toEqual(checkPassword('P\u00e4sse und Wege', about))
  })
})

describe('changes of a profile', () => {
  const profile = { displayName: 'Ann', phone: '+49 30 123456' }
  it('leave what is absent, and take away what is null', () => {
    expect(changeProfile(profile, {})).toEqual({ ok: true, value: profile })
    expect(changeProfile(profile, { displayName: null })).toEqual({ ok: true, value: { phone: profile.phone } })
    expect(changeProfile({}, { displayName: ' Ann ' })).toEqual({ ok: true, value: { displayName: 'Ann' } })
  })
})

describe('scopes', () => {
  it('of a customer are none', () => expect(scopesOf(['CUSTOMER'])).toEqual([]))
  it('of an administrator are all there are', () => {
    expect(scopesOf(['ADMIN'])).toEqual(scopesOf(ROLES))
    expect(scopesOf(['ADMIN'])).toEqual([
      'audit:read',
      'catalog:write',
      'operations:admin',
      'orders:fulfil',
      'orders:read:any',
      'orders:write:any',
      'payments:read:any',
      'payments:refund',
      'stock:read',
      'stock:write',
      'users:admin',
      'users:read:any',
    ])
  })
  it('of support do not reach the stock, nor roles', () => {
    expect(scopesOf(['CUSTOMER', 'SUPPORT'])).toEqual([
      'audit:read',
      'orders:read:any',
      'orders:write:any',
      'payments:read:any',
      'payments:refund',
      'users:read:any',
    ])
  })
  it('of a merchandiser do not reach customers', () => {
    expect(scopesOf(['MERCHANDISER'])).toEqual(['catalog:write', 'orders:fulfil', 'stock:read', 'stock:write'])
  })
})
