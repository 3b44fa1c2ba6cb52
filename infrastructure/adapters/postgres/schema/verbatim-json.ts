import { customType } from 'drizzle-orm/pg-core'

/**
 * Plain JSON that comes back as it went in. PostgreSQL's `json` keeps the text (jsonb refuses U+0000), and drizzle's own
 * json column would parse a document twice when it is a string.
 */
export const verbatimJson = <Data = unknown>(name: string) =>
  customType<{ data: Data; driverData: unknown }>({
    dataType: () => 'json',
    toDriver: value => JSON.stringify(value),
    fromDriver: value => value as Data,
  })(name)
