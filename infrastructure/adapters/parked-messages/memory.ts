import type { ParkedMessage, ParkedMessages } from '@mercato/shared-kernel/application'
import { openGate } from '../open-gate.ts'

/** Parked messages in this process only; gone when it ends. */
export const createMemoryParkedMessages = (): ParkedMessages => {
  const gate = openGate('ParkedMessages')
  // A Map keeps the order of first insertion, also when a value is replaced.
  const parked = new Map<string, ParkedMessage>()
  const placeOf = (group: string, id: string): string => JSON.stringify([group, id])

  return {
    async park(message) {
      gate.check()
      const place = placeOf(message.group, message.id)
      const known = parked.get(place)
      parked.set(place, known ? { ...known, cause: message.cause } : structuredClone(message))
    },

    async list({ group, limit }) {
      gate.check()
      return [...parked.values()]
        .filter(message => group === undefined || message.group === group)
        .slice(0, limit)
        .map(message => structuredClone(message))
    },

    async counts() {
      gate.check()
      const groups = Map.groupBy(parked.values(), ({ group }) => group)
      return new Map([...groups].map(([group, messages]) => [group, messages.length]))
    },

    async holds(group, key) {
      gate.check()
      return parked.values().some(message => message.group === group && message.key === key)
    },

    async remove(group, id) {
      gate.check()
      parked.delete(placeOf(group, id))
    },

    async [Symbol.asyncDispose]() {
      gate.close()
    },
  }
}
