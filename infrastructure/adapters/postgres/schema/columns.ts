import { customType } from 'drizzle-orm/pg-core'

/** A transaction id that never wraps around (PostgreSQL ≥ 13); a string here, since it needs 64 unsigned bits. */
export const xid8 = customType<{ data: string; driverData: string }>({ dataType: () => 'xid8' })

/** jsonb that gives back what went in: drizzle's own column parses a JSON string a second time (`"1"` comes back as 1). */
export const json = customType<{ data: unknown; driverData: unknown }>({
  dataType: () => 'jsonb',
  toDriver: value => JSON.stringify(value),
})
