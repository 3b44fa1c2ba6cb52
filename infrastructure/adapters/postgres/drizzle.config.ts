import { defineConfig } from 'drizzle-kit'

/** Run in infrastructure/adapters: `drizzle-kit generate --config postgres/drizzle.config.ts --name <what-it-adds>`. */
export default defineConfig({
  dialect: 'postgresql',
  schema: './postgres/schema/*.ts',
  out: './postgres/migrations',
})
