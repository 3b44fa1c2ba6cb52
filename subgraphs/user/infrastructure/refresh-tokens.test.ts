import { createUuidIds } from '@mercato/adapters/ids/uuid'
import { describe, expect, it } from 'vitest'
import { createRefreshTokens } from './refresh-tokens.ts'

const secret = 'a secret of at least thirty-two characters'
const tokens = createRefreshTokens(secret)
const sessionId = createUuidIds().next()

describe('a refresh token', () => {
  it('names its session and differs each time', () => {
    const { token, hash } = tokens.issue(sessionId)
    expect(tokens.open(token)).toEqual({ sessionId, hash })
    expect(tokens.issue(sessionId).token).not.toBe(token)
    expect(hash).not.toContain(token)
  })

  it('is not ours when any bit was changed, or when it is written another way', () => {
    const { token } = tokens.issue(sessionId)
    const bytes = Buffer.from(token, 'base64url')
    for (let at = 0; at < bytes.length; at++) {
      const spoiled = Buffer.from(bytes)
      spoiled[at] = (spoiled[at] ?? 0) ^ 1
      expect(tokens.open(spoiled.toString('base64url'))).toBeUndefined()
    }
    for (const other of ['', 'x', `${token}=`, ` ${token}`, token.repeat(20)])
      expect(tokens.open(other)).toBeUndefined()
  })

  it('is not ours under another secret', () => {
    const { token } = createRefreshTokens('another secret of thirty-two characters').issue(sessionId)
    expect(tokens.open(token)).toBeUndefined()
  })

  it('leads to its successor, which neither another token nor another secret can read', () => {
    const [first, second] = [tokens.issue(sessionId).token, tokens.issue(sessionId).token]
    const sealed = tokens.sealSuccessor(first, second)
    expect(tokens.openSuccessor(first, sealed)).toBe(second)
    expect(() => tokens.openSuccessor(second, sealed)).toThrow()
    const stranger = createRefreshTokens('another secret of thirty-two characters')
    expect(() => stranger.openSuccessor(first, sealed)).toThrow()
  })
})
