import type { Clock, CommandContext, Ids } from '@mercato/shared-kernel/application'
import { isRotationDue, type Jwk, type SigningKey, type SigningKeyState, signerAt } from '#domain/signing-keys.ts'
import type { KeyRing } from './aggregates.ts'
import { after } from './outcome.ts'
import type { AccessTokens } from './ports.ts'

const MINUTE_MS = 60_000
/** How long this process relies on the keys it read. */
const READ_AGAIN_MS = MINUTE_MS
/** How long verifiers may rely on what was published. */
export const PUBLISHED_AHEAD_MS = 15 * MINUTE_MS

/** The keys that sign access tokens, the same in every process of this context. */
export interface SigningKeyRing {
  /** The key that signs now; the very first use makes one. */
  signer(): Promise<SigningKey>
  /** Public keys that verifiers may need: of valid tokens, and of those to come. */
  published(): Promise<readonly Jwk[]>
  /** Adds a key when the present one is due, and retires those whose tokens have all expired. */
  rotate(): Promise<void>
}

export interface SigningKeyRingOptions {
  readonly keyRing: KeyRing
  readonly tokens: AccessTokens
  readonly clock: Clock
  readonly ids: Ids
  /** A key signs for this long. */
  readonly periodMs: number
}

export const createSigningKeyRing = (options: SigningKeyRingOptions): SigningKeyRing => {
  const { keyRing, tokens, clock, ids, periodMs } = options
  const ringId = ids.derive('user', 'signing-keys')
  let known: { readonly keys: SigningKeyState; readonly until: number } | undefined

  const read = async (): Promise<SigningKeyState> => {
    const now = clock.now().getTime()
    if (known && known.until > now) return known.keys
    const { state } = await keyRing.load(ringId)
    known = { keys: state, until: now + READ_AGAIN_MS }
    return state
  }

  const rotate = async (): Promise<void> => {
    const now = clock.now()
    const { state } = await keyRing.load(ringId)
    if (isRotationDue(state, now.toISOString(), periodMs) || state.length > 1) {
      const candidate = { keyId: ids.next(), ...(await tokens.newKeyPair()) }
      const id = ids.next()
      const context: CommandContext = {
        actor: { kind: 'system', id: 'signing-keys' },
        commandId: id,
        correlationId: id,
        now,
      }
      const data = {
        candidate,
        now: now.toISOString(),
        usableFrom: after(now, PUBLISHED_AHEAD_MS),
        periodMs,
        overlapMs: tokens.lifetimeMs + PUBLISHED_AHEAD_MS,
      }
      await keyRing.handle(ringId, { type: 'RotateSigningKeys', data }, context)
    }
    known = undefined
  }

  const signer = async (): Promise<SigningKey> => {
    const found = signerAt(await read(), clock.now().toISOString())
    if (found) return found
    await rotate()
    return signer()
  }

  return {
    signer,
    rotate,
    async published() {
      await signer()
      return (await read()).map(({ keyId, publicJwk }) => ({ ...publicJwk, kid: keyId }))
    },
  }
}
