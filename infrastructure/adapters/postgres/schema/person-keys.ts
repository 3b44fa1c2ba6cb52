import { pgTable, text } from 'drizzle-orm/pg-core'
import { bytes } from './bytes.ts'
import { instant } from './instant.ts'

/** One key per person, wrapped under the master key. */
export const personKeys = pgTable('person_keys', {
  subjectId: text('subject_id').primaryKey(),
  /** Null once the key was destroyed; the row stays, so that none is made again. */
  wrapped: bytes('wrapped'),
  destroyedAt: instant('destroyed_at'),
})
