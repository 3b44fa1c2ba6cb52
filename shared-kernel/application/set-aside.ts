import type { RecordedEvent } from './event-envelope.ts'
import { isPassing } from './patience.ts'
import type { ParkedMessages } from './ports/parked-messages.ts'

/** Whether an event is left alone: parked, or being tried by the consumer. */
export type SetAside = (recorded: RecordedEvent) => boolean

/**
 * Two try the events of a context: its consumer, and the sweep that holds views against the log. What one of them gives up, or is
 * about to, the other does not try as well.
 */
export interface SetAsides {
  /** The consumer's try; one that fails is the last when the sweep gave the event up already. */
  tried(recorded: RecordedEvent, run: () => Promise<void>): Promise<void>
  /** The sweep gives an event up. */
  giveUp(recorded: RecordedEvent, cause: unknown): Promise<void>
  /** Looks up what is parked; for one pass of the sweep. */
  lookUp(): Promise<SetAside>
}

/** Of more parked messages the rest is tried again. */
const MOST = 1_000

export const createSetAsides = (options: {
  readonly parked: Pick<ParkedMessages, 'list'>
  readonly group: string
  readonly park: (recorded: RecordedEvent, cause: unknown) => Promise<void>
}): SetAsides => {
  const { parked, group, park } = options
  /** Events that failed at the consumer, and those that the sweep gave up: few, and only of this process. */
  const failing = new Set<string>()
  const givenUp = new Set<string>()

  return {
    async tried(recorded, run) {
      try {
        await run()
        failing.delete(recorded.id)
      } catch (error) {
        if (!isPassing(error)) {
          if (givenUp.has(recorded.id)) return
          failing.add(recorded.id)
        }
        throw error
      }
    },
    async giveUp(recorded, cause) {
      await park(recorded, cause)
      givenUp.add(recorded.id)
    },
    async lookUp() {
      const ids = new Set((await parked.list({ group, limit: MOST })).map(({ id }) => id))
      return ({ id }) => ids.has(id) || failing.has(id)
    },
  }
}
