import { describe, expect, it } from 'vitest'
import { isToken, isUuid, parseLine } from './text.ts'

describe('a line of text', () => {
  it('is trimmed', () => expect(parseLine('  DHL ', ['carrier'])).toEqual({ ok: true, value: 'DHL' }))
  it.each([
    ['empty', ''],
    ['blank', '   '],
    ['with NUL', 'a\u0000b'],
    ['with a line break', 'a\nb'],
    ['with a line separator', 'a\u2028b'],
    ['with a letter that turns the others round', 'a\u202eb'],
    ['with half a character', 'a\ud83d'],
    ['too long', 'x'.repeat(201)],
    ['10 kB', 'x'.repeat(10_240)],
  ])('%s is refused', (_what, text) =>
    expect(parseLine(text, ['carrier'])).toMatchObject({
      ok: false,
      rejection: { code: 'TEXT.INVALID', field: ['carrier'] },
    }),
  )
})

describe('ids', () => {
  it('are UUIDs', () => {
    expect(isUuid('018f0000-0000-7000-8000-0000000000aa')).toBe(true)
    for (const text of ['', 'x', '018f0000-0000-7000-8000-0000000000aa\u0000', `${'a'.repeat(10_240)}`])
      expect(isUuid(text)).toBe(false)
  })
  it('as tokens have no room for surprises', () => {
    expect(isToken('tok_approved')).toBe(true)
    for (const text of ['', ' ', 'a b', 'a\u0000', 'x'.repeat(129), '<script>']) expect(isToken(text)).toBe(false)
  })
})
