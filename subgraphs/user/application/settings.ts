/** What may be set for this context. */
export interface UserSettings {
  /** `iss` of access tokens. */
  readonly issuer: string
  /** `aud` of access tokens. */
  readonly audience: string
  /** Where the shop's pages are: mailed links lead there. */
  readonly appUrl: string
  /** Milliseconds for which an access token is valid. */
  readonly accessTokenMs: number
  /** Milliseconds for which one key signs. */
  readonly signingKeyMs: number
}

export const defaultSettings: UserSettings = {
  issuer: 'https://mercato.local',
  audience: 'mercato',
  appUrl: 'http://localhost:8000',
  accessTokenMs: 600_000,
  signingKeyMs: 30 * 86_400_000,
}
