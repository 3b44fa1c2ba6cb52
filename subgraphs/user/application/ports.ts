import type { Role } from '#domain/roles.ts'
import type { Jwk, SigningKey } from '#domain/signing-keys.ts'

/** Slow, salted hashes of passwords. At most a few run at a time; when too many wait, Fault RATE_LIMITED. */
export interface PasswordHasher {
  /** A self-describing (PHC) hash with a fresh salt. */
  hash(password: string): Promise<string>
  /** Takes the same time for a wrong password and for no hash at all, which is never right. */
  verify(hash: string | undefined, password: string): Promise<boolean>
}

/** Refresh tokens: opaque to clients, kept only as hashes. */
export interface RefreshTokens {
  issue(sessionId: string): { readonly token: string; readonly hash: string }
  /** The session that a token of ours belongs to, whether it is still valid or not; `undefined` for any other text. */
  open(token: string): { readonly sessionId: string; readonly hash: string } | undefined
  /** Encrypts a token so that only who holds the one it replaces (and we) can read it. */
  sealSuccessor(token: string, successor: string): string
  openSuccessor(token: string, sealed: string): string
}

export type LinkPurpose = 'verification' | 'password-reset' | 'email-change'

/** Tokens of mailed links: derived from account and link by a key, so that they need not be kept. */
export interface LinkTokens {
  make(purpose: LinkPurpose, userId: string, linkId: string): string
  /** `undefined` unless the token is ours and for this purpose. Whether it is still valid is the account's decision. */
  open(purpose: LinkPurpose, token: string): { readonly userId: string; readonly linkId: string } | undefined
}

export interface AccessClaims {
  readonly userId: string
  readonly sessionId: string
  readonly roles: readonly Role[]
  readonly scopes: readonly string[]
  readonly emailVerified: boolean
  /** When the person proved who they are, ISO 8601. */
  readonly authenticatedAt: string
}

/** Signed access tokens (JWT). */
export interface AccessTokens {
  /** Milliseconds for which a token is valid. */
  readonly lifetimeMs: number
  /** `issuedAt` must lie before the claims were read: a token counts as older than any change since. */
  issue(
    key: SigningKey,
    claims: AccessClaims,
    issuedAt: Date,
  ): Promise<{ readonly token: string; readonly expiresAt: string }>
  newKeyPair(): Promise<{ readonly publicJwk: Jwk; readonly privateJwk: Jwk }>
}

/**
 * Counts attempts to sign in, apart from the log, so that guessing does not make it grow. A key is a keyed hash of the address.
 * Attempts are counted before they are made: fifteen at once do not slip through.
 */
export interface SignInAttempts extends AsyncDisposable {
  /** Counts one attempt, or says how long to wait (in ms); a refused one does not count. Forgets a key after an hour of silence. */
  begin(key: string, now: Date): Promise<{ readonly waitMs: number }>
  /** The person has proved who they are: starts from zero. */
  clear(key: string): Promise<void>
  /** Lets go of what is forgotten anyway. */
  tidy(now: Date): Promise<void>
}

/** Keyed hash of a value that has to be compared but not kept, such as an address in a unique claim. */
export type KeyedHash = (scope: string, value: string) => string
