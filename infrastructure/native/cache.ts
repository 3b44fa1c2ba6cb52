import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Where downloads are kept: `MERCATO_CACHE_DIR`, or `.cache/` of the repository, which git ignores. */
export const cacheFolder = (env: NodeJS.ProcessEnv = process.env): string =>
  env['MERCATO_CACHE_DIR'] ?? join(fileURLToPath(new URL('../..', import.meta.url)), '.cache')
