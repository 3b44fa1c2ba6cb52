import { Closed } from '@mercato/shared-kernel/application'

export interface OpenGate {
  /** Throws {@link Closed} once the gate was closed. */
  readonly check: () => void
  /** A second call does nothing. */
  readonly close: () => void
}

/** Lets calls through until an adapter is disposed. The adapter closes what it opened itself; a pool passed in stays open. */
export const openGate = (what: string): OpenGate => {
  let open = true
  return {
    check: () => {
      if (!open) throw new Closed(what)
    },
    close: () => {
      open = false
    },
  }
}
