import { ClientFailure } from './failure.ts'

export interface Tokens {
  readonly accessToken: string
  /** ISO 8601. */
  readonly accessTokenExpiresAt: string
  readonly refreshToken: string
}

/** Who is signed in. Keeps the access token fresh: one renewal at a time, however many ask. */
export interface Session {
  /** What is held at present; keep it to be signed in after a reload. */
  readonly tokens: Tokens | undefined
  /** Another number whenever somebody signs in or out; renewals keep it. */
  readonly turn: number
  /** Takes the place of what is held; `undefined` signs out here. */
  use(tokens: Tokens | undefined): void
  /** An access token that is good for a while, renewed when needed; `undefined` when nobody is signed in. */
  accessToken(): Promise<string | undefined>
  /** The gateway did not accept `token`: renews it. False when nothing better can be had; then nobody is signed in any more. */
  renew(token: string | undefined): Promise<boolean>
}

export interface SessionOptions {
  readonly tokens?: Tokens | undefined
  /** Told of every change. */
  readonly onTokens?: ((tokens: Tokens | undefined) => void) | undefined
  /** Exchanges a refresh token; `undefined` when it is not accepted. Rejects when that cannot be found out now. */
  readonly refresh: (refreshToken: string) => Promise<Tokens | undefined>
}

/** Renewed this many milliseconds before it expires. */
const EARLY = 20_000

export const createSession = ({ tokens: initial, onTokens, refresh }: SessionOptions): Session => {
  let tokens = initial
  let turn = 0
  let renewing: Promise<void> | undefined

  const keep = (next: Tokens | undefined): void => {
    tokens = next
    onTokens?.(next)
  }
  const use = (next: Tokens | undefined): void => {
    turn++
    keep(next)
  }
  const exchange = async (held: Tokens): Promise<void> => {
    const next = await refresh(held.refreshToken)
    // Somebody may have signed in or out meanwhile.
    if (tokens !== held) return
    if (next) keep(next)
    else use(undefined)
  }
  const renewal = (held: Tokens): Promise<void> => {
    renewing ??= exchange(held).finally(() => {
      renewing = undefined
    })
    return renewing
  }

  return {
    get tokens() {
      return tokens
    },
    get turn() {
      return turn
    },
    use,
    async accessToken() {
      if (tokens && Date.parse(tokens.accessTokenExpiresAt) - EARLY < Date.now())
        await renewal(tokens).catch(error => {
          // It may still be good for a moment; when it is not, the gateway says so.
          if (!(error instanceof ClientFailure && error.retryable)) throw error
        })
      return tokens?.accessToken
    },
    async renew(token) {
      if (token === undefined || !tokens) return false
      if (tokens.accessToken === token) await renewal(tokens)
      return tokens !== undefined
    },
  }
}
