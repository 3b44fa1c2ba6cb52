import { expect } from 'vitest'
import { type Command, type Decider, type DomainEvent, fold } from '#domain/decider.ts'

/** Given past events, when a command comes, then these events follow or it is refused with this code. */
export const specFor = <State, Cmd extends Command, Event extends DomainEvent>(
  decider: Decider<State, Cmd, Event>,
) => ({
  given: (...past: readonly Event[]) => ({
    when: (command: Cmd) => {
      const decision = decider.decide(command, fold(decider.evolve, decider.initialState, past))
      return {
        /** Exactly these events, in this order; none means that nothing changes. */
        then: (...events: readonly Event[]) => expect(decision).toStrictEqual({ outcome: 'accepted', events }),
        /** Refused with this code (and, when given, this field). */
        thenRejected: (code: string, field?: readonly string[]) =>
          expect(decision).toMatchObject({ outcome: 'rejected', rejection: { code, ...(field ? { field } : {}) } }),
        decision,
      }
    },
    state: () => fold(decider.evolve, decider.initialState, past),
  }),
})
