import { describe, expect, it } from 'vitest'
import { parseAddress } from './postal-address.ts'
import { address } from './samples.fixture.ts'
import { isToken, isUuid, parseLine } from './text.ts'

describe('a line of text', () => {
  it('is trimmed', () => expect(parseLine('  DHL ', ['carrier'])).toEqual({ ok: true, value: 'DHL' }))
  it.each([
    ['empty', ''],
    ['blank', '   '],
    ['with NUL', 'a\u0000b'],
    ['with a line break', 'a\nb'],
    ['with a line separator', 'a\u2028b'],
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

describe('an address', () => {
  it('keeps what is given', () =>
    expect(parseAddress({ ...address, line2: '2nd floor', region: null }, [])).toEqual({
      ok: true,
      value: { ...address, line2: '2nd floor' },
    }))
  it.each(['name', 'line1', 'city', 'postalCode', 'country'] as const)('needs %s', field =>
    expect(parseAddress({ ...address, [field]: '' }, ['shippingAddress'])).toMatchObject({
      ok: false,
      rejection: { code: 'ADDRESS.INVALID', field: ['shippingAddress', field] },
    }),
  )
  it.each(['de', 'DEU', '12', 'D\u0000'])('refuses the country %j', country =>
    expect(parseAddress({ ...address, country }, []).ok).toBe(false),
  )
  it('refuses control characters in optional lines', () =>
    expect(parseAddress({ ...address, line2: 'a\u0000' }, [])).toMatchObject({ rejection: { field: ['line2'] } }))
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
