import type { Aggregate, Loaded } from './aggregate.ts'
import { Fault } from './faults.ts'
import type { EventStore } from './ports/event-store.ts'

/** A moment in the life of a stream: after its nth event (from 1), or as it was at an instant (ISO 8601). */
export type Moment = { readonly version: number } | { readonly instant: string }

/** Reads a moment from outside; Fault BAD_USER_INPUT unless it is exactly one of both. */
export const readMoment = ({
  version,
  instant,
}: {
  readonly version?: number | null | undefined
  readonly instant?: string | null | undefined
}): Moment => {
  if ((version == null) === (instant == null))
    throw new Fault('BAD_USER_INPUT', 'Name a moment by exactly one of "version" and "instant".')
  if (instant != null) return { instant }
  if (version == null || !Number.isSafeInteger(version) || version < 1)
    throw new Fault('BAD_USER_INPUT', 'Versions count from 1.')
  return { version }
}

/**
 * Revision of the stream's last event at the moment; `undefined` when there was none yet, or never were so many. Where clocks of
 * two processes disagree, the instant ends before the first event that is later: what is shown is a state that was.
 */
export const revisionAt = async (store: EventStore, streamId: string, moment: Moment): Promise<number | undefined> => {
  if ('version' in moment) {
    const revision = moment.version - 1
    return (await store.readStream(streamId, { from: revision, to: revision })).at(0)?.revision
  }
  const until = Date.parse(moment.instant)
  let revision: number | undefined
  for (const recorded of await store.readStream(streamId)) {
    if (Date.parse(recorded.occurredAt) > until) break
    revision = recorded.revision
  }
  return revision
}

/** The aggregate folded up to a moment; `undefined` when it did not exist then. */
export const loadAt = async <State>(
  aggregate: Pick<Aggregate<State, never>, 'streamId' | 'load'>,
  store: EventStore,
  id: string,
  moment: Moment,
): Promise<Loaded<State> | undefined> => {
  const revision = await revisionAt(store, aggregate.streamId(id), moment)
  return revision === undefined ? undefined : aggregate.load(id, revision)
}
