import type { Claims } from '@mercato/shared-kernel/application'
import { openGate } from '../open-gate.ts'

interface Claim {
  readonly scope: string
  readonly value: string
  readonly ownerId: string
  readonly pending: boolean
  readonly expiresAt: Date
}

/** Claims in this process only; gone when it ends. */
export const createMemoryClaims = (): Claims => {
  const gate = openGate('Claims')
  const claims = new Map<string, Claim>()
  const placeOf = (scope: string, value: string): string => JSON.stringify([scope, value])

  return {
    async claim(scope, value, ownerId, expiresAt) {
      gate.check()
      const held = claims.get(placeOf(scope, value))
      if (held && held.ownerId !== ownerId) return { status: 'taken', ownerId: held.ownerId, pending: held.pending }
      if (!held || held.pending) claims.set(placeOf(scope, value), { scope, value, ownerId, pending: true, expiresAt })
      return { status: 'granted' }
    },

    async confirm(scope, value, ownerId) {
      gate.check()
      const held = claims.get(placeOf(scope, value))
      if (held?.ownerId === ownerId) claims.set(placeOf(scope, value), { ...held, pending: false })
    },

    async release(scope, value, ownerId) {
      gate.check()
      if (claims.get(placeOf(scope, value))?.ownerId === ownerId) claims.delete(placeOf(scope, value))
    },

    async holder(scope, value) {
      gate.check()
      const held = claims.get(placeOf(scope, value))
      return held && { ownerId: held.ownerId, pending: held.pending, expiresAt: held.expiresAt }
    },

    async expired(now, limit) {
      gate.check()
      return [...claims.values()]
        .filter(claim => claim.pending && claim.expiresAt <= now)
        .sort((a, b) => a.expiresAt.getTime() - b.expiresAt.getTime())
        .slice(0, limit)
        .map(({ scope, value, ownerId, expiresAt }) => ({ scope, value, ownerId, expiresAt }))
    },

    async [Symbol.asyncDispose]() {
      gate.close()
    },
  }
}
