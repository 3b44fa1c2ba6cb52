import type { Rejection } from './rejection.ts'

/** What happened, in the past tense. `data` is plain JSON; times are ISO 8601 strings, money is minor units. */
export interface DomainEvent<Type extends string = string, Data = unknown> {
  readonly type: Type
  readonly data: Data
}

/** What somebody wants, in the imperative. Everything a decision needs (time, ids, prices) comes in with the command. */
export interface Command<Type extends string = string, Data = unknown> {
  readonly type: Type
  readonly data: Data
}

/** The outcome of a decision: the events that now hold (none when nothing changes), or the reason for a refusal. */
export type Decision<Event> =
  | { readonly outcome: 'accepted'; readonly events: readonly Event[] }
  | { readonly outcome: 'rejected'; readonly rejection: Rejection }

/** An aggregate as three pure parts. `evolve` must accept every event that `decide` ever produced. */
export interface Decider<State, Cmd extends Command, Event extends DomainEvent> {
  readonly initialState: State
  readonly decide: (command: Cmd, state: State) => Decision<Event>
  readonly evolve: (state: State, event: Event) => State
}

/** Accepts a command; with no events it is a repeat that changes nothing. */
export const accept = <Event>(...events: readonly Event[]): Decision<Event> => ({ outcome: 'accepted', events })

/** Refuses a command. */
export const reject = (rejection: Rejection): Decision<never> => ({ outcome: 'rejected', rejection })

/** Folds events into a state, oldest first. */
export const fold = <State, Event>(
  evolve: (state: State, event: Event) => State,
  initialState: State,
  events: Iterable<Event>,
): State => {
  let state = initialState
  for (const event of events) state = evolve(state, event)
  return state
}
