import type { Logger } from '@mercato/shared-kernel/application'

export interface LogRecord {
  readonly level: 'debug' | 'info' | 'warn' | 'error'
  readonly message: string
  readonly fields: Readonly<Record<string, unknown>>
}

/** Keeps lines for tests to look at, unmasked. */
export const createMemoryLogger = (): Logger & { readonly records: readonly LogRecord[] } => {
  const records: LogRecord[] = []

  const bound = (context: LogRecord['fields']): Logger => {
    const write =
      (level: LogRecord['level']): Logger['info'] =>
      (message, fields = {}) => {
        records.push({ level, message, fields: { ...context, ...fields } })
      }
    return {
      debug: write('debug'),
      info: write('info'),
      warn: write('warn'),
      error: write('error'),
      child: fields => bound({ ...context, ...fields }),
    }
  }

  return { ...bound({}), records }
}
