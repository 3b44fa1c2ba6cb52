import { timestamp } from 'drizzle-orm/pg-core'

/** A point in time, to the millisecond as JavaScript knows it. */
export const instant = (name: string) => timestamp(name, { withTimezone: true, mode: 'date', precision: 3 })
