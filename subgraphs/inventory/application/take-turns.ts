import type { Aggregate } from '@mercato/shared-kernel/application'
import type { Command } from '@mercato/shared-kernel/domain'

/**
 * Commands on one stream wait for each other within this process: a much wanted SKU costs queueing, not conflicts.
 * Other processes are still met by the expected revision.
 */
export const takeTurns = <State, Cmd extends Command>(aggregate: Aggregate<State, Cmd>): Aggregate<State, Cmd> => {
  const last = new Map<string, Promise<unknown>>()
  return {
    ...aggregate,
    handle(id, command, context) {
      const run = (last.get(id) ?? Promise.resolve()).then(() => aggregate.handle(id, command, context))
      const settled = run
        .catch(() => undefined)
        .then(() => {
          if (last.get(id) === settled) last.delete(id)
        })
      last.set(id, settled)
      return run
    },
  }
}
