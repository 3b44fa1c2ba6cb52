import { describe, expect, it } from 'vitest'
import { checkPassword } from './password-policy.ts'

const codeOf = (password: string, about: { readonly email?: string; readonly username?: string } = {}) => {
  const checked = checkPassword(password, { field: 'newPassword', ...about })
  return checked.ok ? undefined : checked.rejection.code
}

describe('a password', () => {
  it.each([
    '1234567890',
    '0123456789',
    '12345678910',
    '123456789012',
    '1q2w3e4r5t',
    '1qaz2wsx3edc',
    'adminadmin',
    'administrator',
    'changemenow',
    'iloveyou123',
    'letmein123',
    'letmeinplease',
    'mercato123',
    'passw0rd123',
    'password12',
    'password123',
    'password1234',
    'passwordpassword',
    'qwerty1234',
    'qwerty12345',
    'qwertyuiop',
    'qwertyuiop123',
    'welcome123',
    'zaq12wsxcde3',
  ])('that everybody tries first is refused, long as it is: %s', password => {
    expect(codeOf(password)).toBe('USER.PASSWORD_TOO_WEAK')
    expect(codeOf(password.toUpperCase())).toBe('USER.PASSWORD_TOO_WEAK')
  })

  it('has 10 to 256 characters', () => {
    expect(codeOf('abcdefgh9')).toBe('USER.PASSWORD_TOO_SHORT')
    expect(codeOf('abcdefghi9')).toBeUndefined()
    expect(codeOf('abcd'.repeat(64))).toBeUndefined()
    expect(codeOf(`${'abcd'.repeat(64)}e`)).toBe('USER.PASSWORD_TOO_LONG')
  })

  it('is judged without a name or an address too', () => {
    expect(codeOf('ann-the-great')).toBeUndefined()
    expect(codeOf('ann-the-great', { username: 'Ann-The-Great' })).toBe('USER.PASSWORD_TOO_WEAK')
    expect(codeOf('ann-the-great', { email: 'Ann-The-Great@example.com' })).toBe('USER.PASSWORD_TOO_WEAK')
  })

  it('says at which field it is wrong', () =>
    expect(checkPassword('short', { field: 'newPassword' })).toMatchObject({ rejection: { field: ['newPassword'] } }))
})
