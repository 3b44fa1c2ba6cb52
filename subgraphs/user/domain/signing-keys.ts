import { accept, type Command, type Decider, type Decision, type DomainEvent } from '@mercato/shared-kernel/domain'

/** A JSON Web Key. */
export type Jwk = Readonly<Record<string, unknown>>

export interface SigningKey {
  /** The `kid`. */
  readonly keyId: string
  readonly publicJwk: Jwk
  readonly privateJwk: Jwk
  /** Signs from here on. Published as soon as it exists, so that nobody meets a signature of an unknown key. */
  readonly usableFrom: string
}

export type SigningKeyEvent =
  | DomainEvent<'SigningKeyAdded', SigningKey & { readonly at: string }>
  /** Nothing that it signed is valid any more: the private half is destroyed. */
  | DomainEvent<'SigningKeyRetired', { readonly keyId: string; readonly at: string }>

export type SigningKeyCommand = Command<
  'RotateSigningKeys',
  {
    readonly candidate: Omit<SigningKey, 'usableFrom'>
    readonly now: string
    /** When a key added now may sign: `now` plus the time verifiers may cache what is published. */
    readonly usableFrom: string
    /** A key signs for this long. */
    readonly periodMs: number
    /** A key stays published for this long after another has taken over: the life of a token and some. */
    readonly overlapMs: number
  }
>

/** All keys that verifiers may meet, oldest first. */
export type SigningKeyState = readonly SigningKey[]

/** The key that signs at a time: the youngest usable one. */
export const signerAt = (keys: SigningKeyState, now: string): SigningKey | undefined =>
  keys.findLast(({ usableFrom }) => usableFrom <= now)

/** Whether a new key has to be made. */
export const isRotationDue = (keys: SigningKeyState, now: string, periodMs: number): boolean => {
  const youngest = keys.at(-1)
  return !youngest || Date.parse(now) - Date.parse(youngest.usableFrom) >= periodMs
}

const decide = ({ data }: SigningKeyCommand, keys: SigningKeyState): Decision<SigningKeyEvent> => {
  const { candidate, now, usableFrom, periodMs, overlapMs } = data
  const retired = keys.filter((_, index) => {
    const next = keys[index + 1]
    return next !== undefined && Date.parse(now) - Date.parse(next.usableFrom) >= overlapMs
  })
  const events: SigningKeyEvent[] = retired.map(({ keyId }) => ({
    type: 'SigningKeyRetired',
    data: { keyId, at: now },
  }))
  if (isRotationDue(keys, now, periodMs))
    events.push({
      type: 'SigningKeyAdded',
      data: { ...candidate, usableFrom: keys.length === 0 ? now : usableFrom, at: now },
    })
  return accept(...events)
}

const evolve = (keys: SigningKeyState, event: SigningKeyEvent): SigningKeyState => {
  switch (event.type) {
    case 'SigningKeyAdded': {
      const { at: _, ...key } = event.data
      return [...keys, key]
    }
    case 'SigningKeyRetired':
      return keys.filter(({ keyId }) => keyId !== event.data.keyId)
  }
}

/** The keys that sign access tokens. Their stream makes sure that all instances use the same ones. */
export const signingKeys: Decider<SigningKeyState, SigningKeyCommand, SigningKeyEvent> = {
  initialState: [],
  decide,
  evolve,
}
