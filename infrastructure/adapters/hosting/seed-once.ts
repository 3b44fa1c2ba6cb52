import type { ContextPorts } from '@mercato/shared-kernel/application'
import type { HostedContext } from './context-host.ts'

const LEASE_MS = 60_000

/** Makes a context's demo data unless another instance is making it. */
export const seedOnce = async (context: HostedContext, { checkpoints, holder }: ContextPorts): Promise<void> => {
  if (!context.seed) return
  const lease = await checkpoints.acquire(`seed/${context.name}`, holder, LEASE_MS)
  if (!lease) return
  try {
    await context.seed()
  } finally {
    await checkpoints.release(lease)
  }
}
