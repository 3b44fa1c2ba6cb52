import { createHmac, timingSafeEqual } from 'node:crypto'
import { Fault } from './faults.ts'

/** Signs places in a log so that only the viewer and the arguments they were made for can use them. */
export interface Cursors {
  /** Opaque text for a position. */
  sign(position: string, binding: CursorBinding): string
  /** The position; Fault CURSOR_EXPIRED when it was made for another log, key, viewer or other arguments, or is no cursor at all. */
  open(cursor: string, binding: CursorBinding): string
}

export interface CursorBinding {
  /** The subscription field. */
  readonly field: string
  readonly viewerId: string
  /** Arguments apart from `after`. */
  readonly args: unknown
}

export const createCursors = (options: { readonly secret: string; readonly logId: string }): Cursors => {
  const mac = (position: string, { field, viewerId, args }: CursorBinding): Buffer =>
    createHmac('sha256', options.secret)
      .update(JSON.stringify([options.logId, position, field, viewerId, args]))
      .digest()
      .subarray(0, 16)
  const expired = (): Fault => new Fault('CURSOR_EXPIRED', 'This cursor cannot be used here. Start again without it.')

  return {
    sign: (position, binding) =>
      `${Buffer.from(position).toString('base64url')}.${mac(position, binding).toString('base64url')}`,
    open(cursor, binding) {
      const [encoded, signature] = cursor.length <= 512 ? cursor.split('.') : []
      if (encoded === undefined || signature === undefined) throw expired()
      const position = Buffer.from(encoded, 'base64url').toString()
      const given = Buffer.from(signature, 'base64url')
      const expected = mac(position, binding)
      if (given.length !== expected.length || !timingSafeEqual(given, expected)) throw expired()
      return position
    },
  }
}
