import { specFor } from '@mercato/shared-kernel/testing'
import { describe, expect, it } from 'vitest'
import { type SigningKeyCommand, type SigningKeyEvent, signerAt, signingKeys } from './signing-keys.ts'

const { given } = specFor(signingKeys)
const at = (minutes: number): string => new Date(Date.parse('2026-01-01T00:00:00Z') + minutes * 60_000).toISOString()
const key = (keyId: string) => ({ keyId, publicJwk: { x: keyId }, privateJwk: { d: keyId } })
const added = (keyId: string, minute: number, usableFrom = minute): SigningKeyEvent => ({
  type: 'SigningKeyAdded',
  data: { ...key(keyId), usableFrom: at(usableFrom), at: at(minute) },
})
const retired = (keyId: string, minute: number): SigningKeyEvent => ({
  type: 'SigningKeyRetired',
  data: { keyId, at: at(minute) },
})
/** Keys sign for 1000 minutes, are published 15 ahead, and 25 longer than they sign. */
const rotate = (candidate: string, minute: number): SigningKeyCommand => ({
  type: 'RotateSigningKeys',
  data: {
    candidate: key(candidate),
    now: at(minute),
    usableFrom: at(minute + 15),
    periodMs: 1_000 * 60_000,
    overlapMs: 25 * 60_000,
  },
})

describe('rotating signing keys', () => {
  it('makes the first key, which signs at once', () => given().when(rotate('a', 0)).then(added('a', 0)))
  it('does nothing before the period is over', () => given(added('a', 0)).when(rotate('b', 999)).then())
  it('adds a key that signs later', () =>
    given(added('a', 0))
      .when(rotate('b', 1_000))
      .then(added('b', 1_000, 1_015)))
  it('adds none while the youngest waits', () =>
    given(added('a', 0), added('b', 1_000, 1_015))
      .when(rotate('c', 1_010))
      .then())
  it('retires a key when all it signed has expired', () => {
    const { when } = given(added('a', 0), added('b', 1_000, 1_015))
    when(rotate('c', 1_039)).then()
    when(rotate('c', 1_040)).then(retired('a', 1_040))
  })
  it('can retire and add in one go, after a long sleep', () =>
    given(added('a', 0), added('b', 1_000, 1_015))
      .when(rotate('c', 5_000))
      .then(retired('a', 5_000), added('c', 5_000, 5_015)))
})

describe('the key that signs', () => {
  const keys = given(added('a', 0), added('b', 1_000, 1_015)).state()
  it('is the youngest usable one', () => {
    expect(signerAt([], at(0))).toBeUndefined()
    expect(signerAt(keys, at(1_014))?.keyId).toBe('a')
    expect(signerAt(keys, at(1_015))?.keyId).toBe('b')
  })
})

it('a key that is retired is gone, the others stay', () => {
  const keys = given(added('a', 0), added('b', 1_000, 1_015), retired('a', 1_040)).state()
  expect(keys.map(({ keyId }) => keyId)).toEqual(['b'])
})
