import { describe, expect, it } from 'vitest'
import { settingsFrom } from './config.ts'

describe('the settings of the user context', () => {
  it('have defaults', () => {
    expect(settingsFrom({ ISSUER: '' })).toEqual({
      issuer: 'https://mercato.local',
      audience: 'mercato',
      appUrl: 'http://localhost:8000',
      accessTokenMs: 600_000,
      signingKeyMs: 2_592_000_000,
    })
  })

  it('come from the environment', () => {
    const env = { APP_URL: 'https://shop.example/', ACCESS_TOKEN_SECONDS: '60', SIGNING_KEY_DAYS: '7', AUDIENCE: 'a' }
    expect(settingsFrom(env)).toMatchObject({
      appUrl: 'https://shop.example',
      audience: 'a',
      accessTokenMs: 60_000,
      signingKeyMs: 604_800_000,
    })
    expect(settingsFrom({ EDGE_PORT: '9000' }).appUrl).toBe('http://localhost:9000')
  })

  it('are refused, all at once and in one sentence, when they are malformed', () => {
    const env = { APP_URL: 'shop', ACCESS_TOKEN_SECONDS: 'ten', SIGNING_KEY_DAYS: '0' }
    expect(() => settingsFrom(env)).toThrow(
      'APP_URL must be an http(s) address; ACCESS_TOKEN_SECONDS must be a number; SIGNING_KEY_DAYS must be at least 1.',
    )
  })
})
