import type { BusMessage } from '@mercato/shared-kernel/application'

const freeze = <Value>(value: Value): Value => {
  if (typeof value !== 'object' || value === null) return value
  Object.values(value).forEach(freeze)
  return Object.freeze(value)
}

/** The message as it would come out of a broker: plain JSON of its own. Groups share it, so nobody can write to it. */
export const sealed = (message: BusMessage): BusMessage =>
  freeze(JSON.parse(JSON.stringify({ ...message, value: message.value ?? null })))
