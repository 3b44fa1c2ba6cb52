import { bigint, pgTable, text } from 'drizzle-orm/pg-core'
import { instant } from './instant.ts'

/** How far relays and consumers have come. */
export const checkpoints = pgTable('checkpoints', {
  name: text('name').primaryKey(),
  position: text('position').notNull(),
})

/** Who may act alone. The row outlives its holder, so that epochs only grow. */
export const leases = pgTable('leases', {
  name: text('name').primaryKey(),
  holder: text('holder'),
  epoch: bigint('epoch', { mode: 'number' }).notNull(),
  expiresAt: instant('expires_at').notNull(),
})
