import type { Checkpoints, Clock, Lease } from '@mercato/shared-kernel/application'
import { createSystemClock } from '../clock/system.ts'
import { openGate } from '../open-gate.ts'

interface HeldLease {
  /** `undefined` after it was given up. */
  readonly holder: string | undefined
  readonly epoch: number
  readonly expiresAt: number
}

export interface MemoryCheckpointsOptions {
  /** Stands for the database's clock. */
  readonly clock?: Clock
}

/** Checkpoints and leases in this process only; gone when it ends. */
export const createMemoryCheckpoints = ({
  clock = createSystemClock(),
}: MemoryCheckpointsOptions = {}): Checkpoints => {
  const gate = openGate('Checkpoints')
  const leases = new Map<string, HeldLease>()
  const positions = new Map<string, string>()

  const isCurrent = (lease: Lease): boolean => {
    const held = leases.get(lease.name)
    return held?.epoch === lease.epoch && held.holder === lease.holder
  }

  return {
    async acquire(name, holder, ttlMs) {
      gate.check()
      const now = clock.now().getTime()
      const held = leases.get(name)
      const mine = held?.holder === holder
      if (held?.holder !== undefined && !mine && held.expiresAt > now) return undefined
      const epoch = mine ? held.epoch : (held?.epoch ?? 0) + 1
      leases.set(name, { holder, epoch, expiresAt: now + ttlMs })
      return { name, holder, epoch }
    },

    async release(lease) {
      gate.check()
      if (isCurrent(lease)) leases.set(lease.name, { holder: undefined, epoch: lease.epoch, expiresAt: 0 })
    },

    async load(name) {
      gate.check()
      return positions.get(name)
    },

    async save(name, position, lease) {
      gate.check()
      if (lease && !isCurrent(lease)) return false
      positions.set(name, position)
      return true
    },

    async list(prefix) {
      gate.check()
      return [...positions]
        .filter(([name]) => name.startsWith(prefix))
        .map(([name, position]) => ({ name, position }))
        .sort((a, b) => (a.name < b.name ? -1 : 1))
    },

    async [Symbol.asyncDispose]() {
      gate.close()
    },
  }
}
