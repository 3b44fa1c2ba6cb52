import type { Checkpoints } from './ports/checkpoints.ts'
import type { Ids } from './ports/environment.ts'

const NAME = 'log-id'
const CHOOSING_MS = 5_000

/** The name of a context's log, the same for all its instances: chosen once, by whoever comes first. Cursors are bound to it. */
export const logIdOf = async (checkpoints: Checkpoints, ids: Ids): Promise<string> => {
  const known = await checkpoints.load(NAME)
  if (known) return known
  const lease = await checkpoints.acquire(NAME, ids.next(), CHOOSING_MS)
  if (lease) {
    // Somebody else may have chosen since we looked.
    if ((await checkpoints.load(NAME)) === undefined) await checkpoints.save(NAME, ids.next(), lease)
    await checkpoints.release(lease)
  }
  return logIdOf(checkpoints, ids)
}
