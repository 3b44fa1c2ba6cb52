import { inspect, styleText } from 'node:util'
import type { LogLine } from './winston.ts'

const STYLES = { debug: 'gray', info: 'cyan', warn: 'yellow', error: 'red' } as const

const isStyled = (level: string): level is keyof typeof STYLES => Object.hasOwn(STYLES, level)

const levelOf = (level: string): string => {
  const text = level.toUpperCase().padEnd(5)
  return isStyled(level) ? styleText(STYLES[level], text, { validateStream: false }) : text
}

const fieldOf = ([name, value]: [string, unknown]): string =>
  `${styleText('gray', `${name}=`, { validateStream: false })}${typeof value === 'string' ? value : inspect(value, { breakLength: 120, depth: 8 })}`

/** A log line for a person at a terminal. Trace ids are left out: they are for machines. */
export const prettyLine = ({ time, level, message, trace_id, span_id, ...fields }: LogLine): string =>
  [time.slice(11, 23), levelOf(level), message, ...Object.entries(fields).map(fieldOf)].join(' ')
