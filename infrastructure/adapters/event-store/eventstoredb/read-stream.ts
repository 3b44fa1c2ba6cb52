import type { Connection } from './connection.ts'
import type { StoredRecord } from './messages.ts'

/** So few that any server sends them within the time that a read may take. */
const PAGE = 2_000

/** Events of a stream between two revisions, both inclusive, page by page: a long stream takes longer than one call may. */
export async function* streamPages(
  connection: Connection,
  stream: string,
  from: number,
  to: number,
): AsyncGenerator<readonly StoredRecord[], void> {
  for (let next = from; next <= to; ) {
    const count = Math.min(PAGE, to - next + 1)
    const { records } = await connection.read({ stream, from: next }, { count })
    yield records
    const last = records.at(-1)
    if (!last || records.length < count) return
    next = last.revision + 1
  }
}
