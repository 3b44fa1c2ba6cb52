import type { Logger } from '@mercato/shared-kernel/application'
import { trace } from '@opentelemetry/api'
import winston from 'winston'
import { createMasking } from './masking.ts'
import { prettyLine } from './pretty-line.ts'

export type LogLevel = 'debug' | 'info' | 'warn' | 'error'

export interface LoggerOptions {
  /** The least important level that is written; `silent` writes nothing. Default `info`. */
  readonly level?: LogLevel | 'silent'
  /** Fields of every line: `{ service: 'order' }`. */
  readonly fields?: Readonly<Record<string, unknown>>
  /** Names of sensitive fields besides the usual ones. */
  readonly sensitive?: readonly string[]
  /** Where lines go. Default standard output. */
  readonly stream?: NodeJS.WritableStream & { readonly isTTY?: boolean }
  /** Lines for people instead of JSON. Default: when the stream is a terminal. */
  readonly pretty?: boolean
}

/** A line before it becomes text: masked, in the order in which it is written. */
export type LogLine = Readonly<Record<string, unknown>> & {
  readonly time: string
  readonly level: string
  readonly message: string
}

const RESERVED: ReadonlySet<string> = new Set(['time', 'level', 'message', 'trace_id', 'span_id'])

const traceFields = (): Readonly<Record<string, string>> => {
  const span = trace.getActiveSpan()?.spanContext()
  return span ? { trace_id: span.traceId, span_id: span.spanId } : {}
}

/** Structured logs: one line of JSON each, with the ids of the active span, secrets and personal data masked at any depth. */
export const createLogger = (options: LoggerOptions = {}): Logger => {
  const { level = 'info', sensitive = [], stream = process.stdout, pretty = stream.isTTY ?? false } = options
  const masking = createMasking(sensitive)
  const toText = pretty ? prettyLine : (line: LogLine) => JSON.stringify(line)
  const sink = winston.createLogger({
    level: level === 'silent' ? 'error' : level,
    silent: level === 'silent',
    format: winston.format.printf(({ line }) => toText(line as LogLine)),
    transports: [new winston.transports.Stream({ stream })],
  })

  const lineOf = (at: LogLevel, message: string, fields: Readonly<Record<string, unknown>>): LogLine => {
    const masked = Object.entries(fields).map(([name, value]) => [
      RESERVED.has(name) ? `${name}_` : masking.text(name),
      masking.field(name, value),
    ])
    return {
      time: new Date().toISOString(),
      level: at,
      message: masking.text(message),
      ...traceFields(),
      ...Object.fromEntries(masked),
    }
  }

  const bound = (context: Readonly<Record<string, unknown>>): Logger => {
    const write =
      (at: LogLevel): Logger['info'] =>
      (message, fields = {}) => {
        if (!sink.silent && sink.isLevelEnabled(at))
          sink.log({ level: at, message: '', line: lineOf(at, message, { ...context, ...fields }) })
      }
    return {
      debug: write('debug'),
      info: write('info'),
      warn: write('warn'),
      error: write('error'),
      child: fields => bound({ ...context, ...fields }),
    }
  }

  return bound(options.fields ?? {})
}
