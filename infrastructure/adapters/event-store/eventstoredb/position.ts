import { Fault, LOG_START } from '@mercato/shared-kernel/application'

/** A place in EventStoreDB's transaction log, which all streams of a server share. Both are signed 64 bits at most. */
export interface Place {
  readonly commit: bigint
  readonly prepare: bigint
}

const DIGITS = 20
const FORMAT = /^\d{20}\/\d{20}$/
const MAX = 2n ** 63n - 1n

/** Fixed width, so that positions order as strings. */
export const formatPosition = ({ commit, prepare }: Place): string => {
  // What servers before 22.10 send with the events of a stream: they do not know where in the log an event lies.
  if (commit > MAX || prepare > MAX)
    throw new Error('this server gives no positions: EventStoreDB 22.10 or later is needed')
  return `${String(commit).padStart(DIGITS, '0')}/${String(prepare).padStart(DIGITS, '0')}`
}

/** The inverse; anything that no log handed out is `BAD_USER_INPUT`. */
export const parsePosition = (text: string): Place | 'start' => {
  if (text === LOG_START) return 'start'
  const [commit, prepare] = FORMAT.test(text) ? text.split('/').map(BigInt) : []
  if (commit === undefined || prepare === undefined || commit > MAX || prepare > MAX)
    throw new Fault('BAD_USER_INPUT', 'this is no position of the log')
  return { commit, prepare }
}
