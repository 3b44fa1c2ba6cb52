import { accept, type Command, type Decider, type DomainEvent, reject } from '#domain/decider.ts'
import { createEventCodec, type EventSchemas } from './event-codec.ts'
import type { KeyVault } from './ports/key-vault.ts'
import type { CommandContext } from './runtime.ts'
import type { View } from './view.ts'

/** The smallest aggregate that has rules: counts up to ten; a note on it is personal. */
export type CounterEvent =
  | DomainEvent<'Counted', { readonly by: number }>
  | DomainEvent<'Noted', { readonly person: string; readonly note: string }>

export type CounterCommand =
  | Command<'Count', { readonly by: number }>
  | Command<'Note', { readonly person: string; readonly note: string }>

export interface CounterState {
  readonly total: number
  readonly notes: readonly string[]
}

export const counter: Decider<CounterState, CounterCommand, CounterEvent> = {
  initialState: { total: 0, notes: [] },
  decide: (command, { total }) => {
    if (command.type === 'Note') return accept({ type: 'Noted', data: command.data })
    if (command.data.by === 0) return accept()
    return total + command.data.by > 10
      ? reject({ code: 'COUNTER.FULL', message: 'Ten is the most.', field: ['by'] })
      : accept({ type: 'Counted', data: command.data })
  },
  evolve: ({ total, notes }, event) =>
    event.type === 'Counted' ? { total: total + event.data.by, notes } : { total, notes: [...notes, event.data.note] },
}

export const counterSchemas: EventSchemas<CounterEvent> = {
  Counted: { version: 2, upcast: { 1: ({ step, ...rest }) => ({ ...rest, by: step }) } },
  Noted: { version: 1, subject: ({ data }) => data.person, sealed: { note: '[erased]' } },
}

export const counterCodec = (vault: KeyVault) => createEventCodec<CounterEvent>('test', counterSchemas, vault)

export const counterView: View<CounterEvent, CounterState> = {
  name: 'counters',
  version: 1,
  categories: ['test.Counter'],
  keysOf: ({ event, streamId }) => (event.type === 'Counted' ? [streamId] : []),
  evolve: (state, { event }) => counter.evolve(state ?? counter.initialState, event),
  indexes: ({ total }) => ({ total: [String(total).padStart(3, '0')] }),
}

export const commandBy = (commandId: string): CommandContext => ({
  actor: { kind: 'user', id: 'somebody' },
  commandId,
  correlationId: 'correlation',
  now: new Date('2026-01-01T00:00:00Z'),
})
