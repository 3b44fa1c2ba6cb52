import { describe, expect, it } from 'vitest'
import { canonicalEmail, parseEmail } from './email.ts'

describe('an e-mail address', () => {
  it.each(['user@example.com', ' user@example.com ', 'User.Name+tag@sub.example.co', 'jörg@example.de'])(
    'may be %j',
    text => {
      expect(parseEmail(text)).toEqual({ ok: true, value: text.trim() })
    },
  )

  it.each([
    '',
    'user',
    'user@',
    '@example.com',
    'user@localhost',
    'a b@example.com',
    'a\u0000b@example.com',
    'a\nb@example.com',
    'a\u200bb@example.com',
    '\u202ea@example.com',
    '\ud800a@example.com',
    'user@exa\u0000mple.com',
    'user@-example.com',
    `${'a'.repeat(65)}@example.com`,
    `a@${'b'.repeat(63)}.${'c'.repeat(63)}.${'d'.repeat(63)}.${'e'.repeat(63)}.com`,
    'user@example.com, other@example.com',
  ])('is not %j', text => {
    expect(parseEmail(text)).toStrictEqual({
      ok: false,
      rejection: { code: 'EMAIL.INVALID', message: 'This is not an e-mail address.', field: ['email'] },
    })
  })

  it('has at most 254 characters', () => {
    const long = (letters: number) => `${'a'.repeat(64)}@${'b'.repeat(60)}.${'c'.repeat(60)}.${'d'.repeat(letters)}.com`
    expect(long(63)).toHaveLength(254)
    expect(parseEmail(long(63)).ok).toBe(true)
    expect(parseEmail(`${'a'.repeat(64)}@${'b'.repeat(60)}.${'c'.repeat(60)}.${'d'.repeat(60)}.comm.de`)).toMatchObject(
      {
        ok: false,
      },
    )
  })

  it('is unique whatever its case and however its letters are encoded', () => {
    expect(canonicalEmail(' USER@Example.com ')).toBe('user@example.com')
    expect(canonicalEmail('jo\u0308rg@example.de')).toBe(canonicalEmail('J\u00d6RG@example.de'))
  })
})
