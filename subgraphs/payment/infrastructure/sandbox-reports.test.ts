import { createFakeClock } from '@mercato/adapters/testing/fake-clock'
import { createRecordingLogger } from '@mercato/adapters/testing/quiet'
import { expect, it } from 'vitest'
import { createMemoryLedger } from './sandbox-ledger.ts'
import { startSandboxReports } from './sandbox-reports.ts'

const entry = (key: string) => ({
  ...({ key, kind: 'capture', token: 'tok_approved', reference: 'ref', amount: 1, currency: 'EUR' } as const),
  ...{ paymentId: 'p', operationId: key, expiresAt: new Date(0), settlesAt: new Date(0) },
})

it('a report that cannot be taken yet is sent again, and holds up no other', async () => {
  const clock = createFakeClock()
  const ledger = createMemoryLedger()
  for (const key of ['early', 'late']) await ledger.add(entry(key))
  const taken: string[] = []
  await using _reports = startSandboxReports({
    ...{ ledger, clock, logger: createRecordingLogger(), secret: 's', delayMs: 0, idleMs: 1 },
    async deliver(body) {
      const { operationId } = JSON.parse(body)
      if (operationId === 'early' && !taken.includes('late')) return 503
      taken.push(operationId)
      return 204
    },
  })
  await expect.poll(() => taken, { timeout: 10_000 }).toEqual(['late', 'early'])
  await expect.poll(() => ledger.unreported(clock.now())).toEqual([])
})
