import type { Viewer } from '@mercato/shared-kernel/application'
import type { Requirement } from './requirements.ts'

/** Why something is withheld. */
export interface Denial {
  readonly code: 'UNAUTHENTICATED' | 'FORBIDDEN'
  readonly message: string
}

/** Which requirements hold for one request at one moment. */
export interface Decision {
  /** The first denial among the requirements, if any. */
  denies(requirements: readonly Requirement[]): Denial | undefined
  /** Whether anything at all that was asked about is denied. */
  readonly restricts: boolean
  /** Equal for equal decisions about the same requirements. */
  readonly key: string
}

/** Answers which of the named policies hold. Called once for everything an operation asks about. */
export type Policies = (names: ReadonlySet<string>, viewer: Viewer) => Promise<ReadonlySet<string>>

const SIGN_IN: Denial = { code: 'UNAUTHENTICATED', message: 'Sign in to use this.' }
const NOT_ALLOWED: Denial = { code: 'FORBIDDEN', message: 'You are not allowed to use this.' }

const anyInFull = (sets: readonly (readonly string[])[], held: (name: string) => boolean): boolean =>
  sets.length === 0 || sets.some(set => set.every(held))

/** What a person can do about a policy that does not hold. */
const REMEDIES: Readonly<Record<string, string>> = {
  verified_email: 'Verify your e-mail address first.',
  recent_sign_in: 'Sign in again to do this.',
}

const unmet = ({ policies }: Requirement, held: ReadonlySet<string>): Denial => {
  const missing = policies[0]?.find(policy => !held.has(policy))
  const remedy = missing !== undefined && Object.hasOwn(REMEDIES, missing) ? REMEDIES[missing] : undefined
  return remedy === undefined ? NOT_ALLOWED : { code: 'FORBIDDEN', message: remedy }
}

/** Decides about every requirement that an operation touches. */
export const decide = async (
  requirements: readonly Requirement[],
  viewer: Viewer,
  policies: Policies,
): Promise<Decision> => {
  const asked = new Set(requirements.flatMap(requirement => requirement.policies.flat()))
  const held = asked.size > 0 && viewer.user ? await policies(asked, viewer) : new Set<string>()
  const denials = new Map<Requirement, Denial>()
  for (const requirement of requirements) {
    if (!viewer.user) denials.set(requirement, SIGN_IN)
    else if (!anyInFull(requirement.scopes, scope => viewer.user?.scopes.includes(scope) ?? false))
      denials.set(requirement, NOT_ALLOWED)
    else if (!anyInFull(requirement.policies, policy => held.has(policy)))
      denials.set(requirement, unmet(requirement, held))
  }
  return {
    restricts: denials.size > 0,
    key: requirements.map(requirement => denials.get(requirement)?.code[0] ?? '-').join(''),
    denies(all) {
      for (const requirement of all) {
        const denial = denials.get(requirement)
        if (denial) return denial
      }
      return undefined
    },
  }
}

/** Denies what either denies: a stream never shows more than it was opened for. */
export const either = (opened: Decision, now: Decision): Decision => ({
  restricts: opened.restricts || now.restricts,
  key: `${opened.key}${now.key}`,
  denies: requirements => opened.denies(requirements) ?? now.denies(requirements),
})

const RECENTLY_MS = 10 * 60_000

/** Mercato's policies: questions about the request alone. */
export const createPolicies =
  (now: () => number): Policies =>
  async (names, { user }) => {
    const holds: Readonly<Record<string, boolean>> = {
      verified_email: user?.emailVerified === true,
      recent_sign_in: user !== undefined && now() - user.authenticatedAt * 1_000 <= RECENTLY_MS,
    }
    return new Set([...names].filter(name => Object.hasOwn(holds, name) && holds[name]))
  }
