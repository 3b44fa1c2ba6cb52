import type { IndexEntry } from '../sorted-index.ts'
import { decodeText, encodeText } from './ordered-text.ts'

/** Stands between sort key and document key; lower than every byte of an escaped sort key. */
const SEPARATOR = 0
const ESCAPE = 1

/** Frees the lowest byte for the separator and keeps the order: 0 → 1 1, 1 → 1 2. */
const escaped = (bytes: Buffer): Buffer => {
  if (!bytes.some(byte => byte <= ESCAPE)) return bytes
  return Buffer.from([...bytes].flatMap(byte => (byte <= ESCAPE ? [ESCAPE, byte + 1] : [byte])))
}

const restore = (bytes: Buffer): Buffer => {
  if (!bytes.includes(ESCAPE)) return bytes
  const plain: number[] = []
  for (let index = 0; index < bytes.length; index += 1) {
    const byte = bytes[index] ?? 0
    if (byte === ESCAPE) index += 1
    plain.push(byte === ESCAPE ? (bytes[index] ?? 0) - 1 : byte)
  }
  return Buffer.from(plain)
}

/** An index entry as member of a sorted set: members order bytewise as entries do. */
export const toMember = ({ sortKey, docKey }: IndexEntry): Buffer =>
  Buffer.concat([escaped(encodeText(sortKey)), Buffer.of(SEPARATOR), encodeText(docKey)])

export const fromMember = (member: Buffer): IndexEntry => {
  const end = member.indexOf(SEPARATOR)
  return { sortKey: decodeText(restore(member.subarray(0, end))), docKey: decodeText(member.subarray(end + 1)) }
}

/** Bounds of a range of members, as Redis writes them: `[` includes, `(` excludes, `-` and `+` are the ends. */
export interface MemberRange {
  readonly min: Buffer
  readonly max: Buffer
}

const EVERYTHING: MemberRange = { min: Buffer.from('-'), max: Buffer.from('+') }
const including = (bytes: Buffer): Buffer => Buffer.concat([Buffer.from('['), bytes])
const excluding = (bytes: Buffer): Buffer => Buffer.concat([Buffer.from('('), bytes])

/** The first bytes after all that start with these. No encoded text holds 0xff, so the last byte can be raised. */
const afterAll = (prefix: Buffer): Buffer => {
  const next = Buffer.from(prefix)
  next[next.length - 1] = (next.at(-1) ?? 0) + 1
  return next
}

/** The members whose sort key starts with the prefix and that lie strictly between two entries. */
export const memberRange = (
  prefix: string,
  above: IndexEntry | undefined,
  below: IndexEntry | undefined,
): MemberRange => {
  let { min, max } = EVERYTHING
  if (prefix !== '') {
    const start = escaped(encodeText(prefix))
    min = including(start)
    max = excluding(afterAll(start))
  }
  if (above) {
    const member = toMember(above)
    if (prefix === '' || Buffer.compare(member, min.subarray(1)) >= 0) min = excluding(member)
  }
  if (below) {
    const member = toMember(below)
    if (prefix === '' || Buffer.compare(member, max.subarray(1)) < 0) max = excluding(member)
  }
  return { min, max }
}
