import type { EncodedEvent } from '@mercato/shared-kernel/application'

/** A line that a writer prints when an append was acknowledged. */
export interface Acknowledgement {
  readonly stream: string
  readonly revision: number
  readonly ids: readonly string[]
}

/** The one append that follows a revision: the same ids whoever makes it, as for a command that is tried again. */
export const durableEvents = (stream: string, after: number): EncodedEvent[] =>
  Array.from({ length: 1 + (Math.abs(after) % 3) }, (_, index) => {
    const id = `${stream}/${after + 1}/${index}`
    return {
      id,
      type: 'Acknowledged',
      schemaVersion: 1,
      context: 'test',
      occurredAt: '2030-01-01T00:00:00.000Z',
      actor: { kind: 'system', id: 'writer' },
      commandId: id,
      correlationId: id,
      data: { after, index },
    }
  })
