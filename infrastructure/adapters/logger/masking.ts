import { createTextMask } from './mask-text.ts'
import { createSensitiveKeys, MASK } from './sensitive-keys.ts'

/** Makes values fit for a log line: plain JSON, of bounded size, with secrets and personal data replaced by `[masked]`. */
export interface Masking {
  /** Any value, at any depth. */
  value(value: unknown): unknown
  /** A field: masked as a whole when its name is sensitive. */
  field(name: string, value: unknown): unknown
  /** Text, in which what looks like a secret or an e-mail address is replaced. */
  text(text: string): string
}

/** Where in a value the walk is: the objects above, and how many more values may be visited in all. */
interface Place {
  readonly above: readonly object[]
  readonly budget: { left: number }
}

const MAX_DEPTH = 10
const MAX_VALUES = 2_000

/** Properties of errors worth a line; others (`detail`, `parameters`, `query`) may quote data. */
const ERROR_FIELDS = ['code', 'severity', 'constraint', 'table', 'routine', 'syscall', 'errno', 'port'] as const

/** Masks by the names of fields, `sensitive` and the usual ones, and by the look of text. */
export const createMasking = (sensitive: readonly string[] = []): Masking => {
  const isSensitive = createSensitiveKeys(sensitive)
  const maskText = createTextMask(isSensitive)

  const field = (name: string, value: unknown, place: Place): unknown =>
    isSensitive(name) && value !== undefined && value !== null && typeof value !== 'boolean' ? MASK : mask(value, place)

  const error = (error: Error, place: Place): unknown => {
    const facts: Record<string, unknown> = { name: error.name, message: maskText(error.message) }
    for (const name of ERROR_FIELDS) {
      if (name in error) facts[name] = field(name, Reflect.get(error, name), place)
    }
    const frames = error.stack?.split('\n').filter(line => /^\s+at /.test(line)) ?? []
    if (frames.length > 0) facts['stack'] = maskText(frames.join('\n'))
    if (error.cause !== undefined) facts['cause'] = mask(error.cause, place)
    if (error instanceof AggregateError) facts['errors'] = items(error.errors, place)
    return facts
  }

  const entries = (pairs: Iterable<readonly [unknown, unknown]>, place: Place): unknown => {
    const masked: [string, unknown][] = []
    for (const [key, value] of pairs) {
      if (place.budget.left <= 0) return Object.fromEntries([...masked, ['…', '[more]']])
      masked.push([maskText(String(key)), field(String(key), value, place)])
    }
    return Object.fromEntries(masked)
  }

  const items = (values: Iterable<unknown>, place: Place): unknown => {
    const masked: unknown[] = []
    for (const value of values) {
      if (place.budget.left <= 0) return [...masked, '[more]']
      masked.push(mask(value, place))
    }
    return masked
  }

  const object = (value: object, { above, budget }: Place): unknown => {
    if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'Invalid Date' : value.toISOString()
    if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return `[${value.byteLength} bytes]`
    if (value instanceof URL) return maskText(value.href)
    if (above.includes(value)) return '[circular]'
    if (above.length >= MAX_DEPTH) return '[deeper]'
    const place = { above: [...above, value], budget }
    if (value instanceof Error) return error(value, place)
    if (Array.isArray(value) || value instanceof Set) return items(value, place)
    if (value instanceof Map || value instanceof Headers || value instanceof URLSearchParams)
      return entries(value, place)
    return entries(Object.entries(value), place)
  }

  const mask = (value: unknown, place: Place): unknown => {
    place.budget.left -= 1
    switch (typeof value) {
      case 'string':
        return maskText(value)
      case 'object':
        return value === null ? null : readable(() => object(value, place))
      case 'bigint':
      case 'symbol':
        return maskText(String(value))
      case 'function':
        return '[function]'
      case 'number':
        return Number.isFinite(value) ? value : String(value)
      case 'boolean':
      case 'undefined':
        return value
    }
  }

  const start = (): Place => ({ above: [], budget: { left: MAX_VALUES } })
  return {
    value: value => mask(value, start()),
    field: (name, value) => field(name, value, start()),
    text: maskText,
  }
}

/** A getter or a proxy of a logged value may throw: the line says so instead of failing the caller. */
const readable = (read: () => unknown): unknown => {
  try {
    return read()
  } catch (error) {
    return `[unreadable: ${error instanceof Error ? error.name : typeof error}]`
  }
}
