import { createUuidIds } from '@mercato/adapters/ids/uuid'
import { describe, expect, it } from 'vitest'
import { createLinkTokens } from './link-tokens.ts'

const ids = createUuidIds()
const tokens = createLinkTokens('a secret of at least thirty-two characters')
const [userId, linkId] = [ids.next(), ids.next()]
const token = tokens.make('verification', userId, linkId)

describe('the token of a mailed link', () => {
  it('names account and link, and comes out the same again', () => {
    expect(tokens.open('verification', token)).toEqual({ userId, linkId })
    expect(tokens.make('verification', userId, linkId)).toBe(token)
    expect(token).toMatch(/^[\w-]{75}$/)
  })

  it('opens nothing for another purpose, or under another secret', () => {
    expect(tokens.open('password-reset', token)).toBeUndefined()
    expect(createLinkTokens('another secret of thirty-two characters').open('verification', token)).toBeUndefined()
  })

  it('opens nothing when any bit was changed', () => {
    const bytes = Buffer.from(token, 'base64url')
    for (let at = 0; at < bytes.length; at++) {
      const spoiled = Buffer.from(bytes)
      spoiled[at] = (spoiled[at] ?? 0) ^ 1
      expect(tokens.open('verification', spoiled.toString('base64url'))).toBeUndefined()
    }
  })
})
