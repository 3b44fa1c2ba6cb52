import { isLine, ok, type Result, refused } from '@mercato/shared-kernel/domain'
import { invalidText } from './rejections.ts'

/** One line of text from outside, trimmed: 1 to `max` characters, whole and visible ones. */
export const parseLine = (text: string, field: readonly string[], max = 200): Result<string> => {
  const line = text.length <= 4 * max ? text.trim() : ''
  return isLine(line, max) ? ok(line) : refused(invalidText(field, max))
}

/** Whether a text could be one of our ids or tokens at all: anything else is unknown without asking. */
export const isToken = (text: string): boolean => /^[\w.:~+/=-]{1,128}$/.test(text)

/** Whether a text is a UUID. */
export const isUuid = (text: string): boolean =>
  /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(text)
