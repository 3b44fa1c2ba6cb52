import { accept, type Command, type Decider, type DomainEvent } from '#domain/decider.ts'
import type { EventSchemas } from './event-codec.ts'
import { categoryOf } from './event-envelope.ts'

/** What operators did to a context, in the context's own log: the actor stands in the envelope. */
export type OperationsEvent =
  | DomainEvent<'ReplayOrdered', { readonly group: string; readonly stream?: string }>
  | DomainEvent<
      'MessagesReplayed',
      {
        readonly group: string
        /** Ids of the messages that were handled. */
        readonly messages: readonly string[]
        readonly failed: readonly { readonly message: string; readonly cause: string }[]
        /** Messages of the group that are parked still. */
        readonly left: number
      }
    >

export type OperationsCommand =
  | Command<'OrderReplay', Extract<OperationsEvent, { type: 'ReplayOrdered' }>['data']>
  | Command<'NoteReplay', Extract<OperationsEvent, { type: 'MessagesReplayed' }>['data']>

/** What the latest replay came to; none yet, or one under way. */
export type OperationsState = Extract<OperationsEvent, { type: 'MessagesReplayed' }>['data'] | undefined

export const operations: Decider<OperationsState, OperationsCommand, OperationsEvent> = {
  initialState: undefined,
  decide: command =>
    command.type === 'OrderReplay'
      ? accept<OperationsEvent>({ type: 'ReplayOrdered', data: command.data })
      : accept<OperationsEvent>({ type: 'MessagesReplayed', data: command.data }),
  evolve: (_state, event) => (event.type === 'MessagesReplayed' ? event.data : undefined),
}

export const operationsSchemas: EventSchemas<OperationsEvent> = {
  ReplayOrdered: { version: 1 },
  MessagesReplayed: { version: 1 },
}

export const operationsCategory = (context: string): string => `${context}.Operations`

/** Whether the event belongs to the machinery: views, reactions and other contexts do not see such. */
export const isOperational = ({
  context,
  streamId,
}: {
  readonly context: string
  readonly streamId: string
}): boolean => categoryOf(streamId) === operationsCategory(context)
