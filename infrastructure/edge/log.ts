export type LogLevel = 'debug' | 'info' | 'warn' | 'error'

/** Where the edge reports what it does. Fields never hold query strings, keys or bodies. */
export type Log = (level: LogLevel, message: string, fields?: Readonly<Record<string, unknown>>) => void
