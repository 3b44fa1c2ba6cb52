import { describe, expect, it } from 'vitest'
import { parseAddress } from './address.ts'
import { isCountry } from './country.ts'
import { isLine } from './line.ts'

const home = { name: 'Ann Lee', line1: 'Main Street 1', city: 'Berlin', postalCode: '10115', country: 'DE' }
const PARTS = { name: 100, line1: 200, line2: 200, city: 100, postalCode: 20, region: 100 }

describe('an address', () => {
  it('is trimmed; empty optional lines are absent', () => {
    expect(parseAddress({ ...home, city: ' Berlin ', line2: ' ', region: null }, [])).toStrictEqual({
      ok: true,
      value: home,
    })
    expect(parseAddress({ ...home, region: 'BE', line2: '2nd floor' }, [])).toStrictEqual({
      ok: true,
      value: { ...home, region: 'BE', line2: '2nd floor' },
    })
  })
  it.each(['name', 'line1', 'city', 'postalCode'] as const)('needs its %s', part => {
    for (const text of ['', '  '])
      expect(parseAddress({ ...home, [part]: text }, ['shippingAddress'])).toMatchObject({
        ok: false,
        rejection: { code: 'ADDRESS.INVALID', field: ['shippingAddress', part] },
      })
  })
  it.each(Object.entries(PARTS))('has a limit for its %s: %d', (part, max) => {
    expect(parseAddress({ ...home, [part]: 'x'.repeat(max) }, []).ok).toBe(true)
    expect(parseAddress({ ...home, [part]: 'x'.repeat(max + 1) }, ['address'])).toMatchObject({
      ok: false,
      rejection: { field: ['address', part], message: `This must be one line of 1 to ${max} visible characters.` },
    })
  })
  it.each(Object.keys(PARTS))('has nothing unseen in its %s', part => {
    for (const text of ['a\u0000b', 'a\nb', 'a\u202eb', 'a\u2066b', 'a\ufeffb', '\ud800 alone'])
      expect(parseAddress({ ...home, [part]: text }, []), JSON.stringify(text)).toMatchObject({
        ok: false,
        rejection: { field: [part] },
      })
  })
  it('is in a country that there is', () =>
    expect(parseAddress({ ...home, country: 'ZZ' }, ['address'])).toMatchObject({
      ok: false,
      rejection: { field: ['address', 'country'], message: expect.stringMatching(/two capital letters/) },
    }))
})

describe('a country', () => {
  it.each(['DE', 'US', 'GB', 'TW', 'AX', 'SS', 'BQ'])('is %s', code => expect(isCountry(code)).toBe(true))
  it.each([
    ...['', 'D', 'de', 'DEU', 'xDE', 'DEx', '12', 'D\u0000', 'DE\n', 'Germany'],
    ...['ZZ', 'XX', 'QQ', 'UK', 'SU', 'DD', 'EU', 'UN', 'XK', 'XA', 'AC', 'IC', 'AN'],
  ])('is not %j', code => expect(isCountry(code)).toBe(false))
  it('is one of the 249 that ISO 3166-1 assigns', () => {
    const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ']
    expect(letters.flatMap(a => letters.map(b => a + b)).filter(isCountry)).toHaveLength(249)
  })
})

describe('a line', () => {
  it.each(['a', 'Łódź', '東京都', 'می‌خواهم', 'क्‍ष', 'flat 3 / 4', '👩‍👧'])('is %s', text =>
    expect(isLine(text, 20)).toBe(true),
  )
  it.each([
    '',
    'x'.repeat(21),
    '\t',
    'a\u007f',
    'a\u0085',
    'a\u2028',
    'a\u2029',
    'a\u00ad',
    'a\u200b',
    'a\u200e',
    'a\u202a',
    'a\u2069',
    'a\ud83d',
  ])('is not %j', text => expect(isLine(text, 20)).toBe(false))
})
