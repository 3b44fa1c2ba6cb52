import * as Money from '#domain/money.ts'
import type { IntegrationEvent } from './integration-event.ts'

const ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** Reads another context's published event. What breaks its contract is a poison message: TypeError, and it is parked. */
export const readContract = (event: IntegrationEvent) => {
  const data: Readonly<Record<string, unknown>> =
    typeof event.data === 'object' && event.data !== null ? { ...event.data } : {}
  const broken = (name: string): TypeError => new TypeError(`${event.type}: ${name} is not what was agreed`)

  const text = (name: string): string => {
    const value = data[name]
    if (typeof value !== 'string' || value === '') throw broken(name)
    return value
  }
  const id = (name: string): string => {
    const value = text(name)
    if (!ID.test(value)) throw broken(name)
    return value
  }
  return {
    text,
    /** A UUID. */
    id,
    /** A UUID that may be missing. */
    maybeId: (name: string): string | undefined => (data[name] === undefined ? undefined : id(name)),
    flag(name: string): boolean {
      const value = data[name]
      if (typeof value !== 'boolean') throw broken(name)
      return value
    },
    /** An instant, normalised to UTC. */
    instant(name: string): string {
      const instant = Date.parse(text(name))
      if (Number.isNaN(instant)) throw broken(name)
      return new Date(instant).toISOString()
    },
    /** An amount in minor units. */
    money(name: string): Money.Money {
      const value = data[name]
      if (typeof value !== 'object' || value === null) throw broken(name)
      const { amount, currency } = value as { readonly amount?: unknown; readonly currency?: unknown }
      if (!Number.isSafeInteger(amount) || typeof currency !== 'string' || !Money.isCurrency(currency))
        throw broken(name)
      return Money.money(Number(amount), currency)
    },
  }
}
