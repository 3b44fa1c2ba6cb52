import type { PaymentDependencies } from '@mercato/payment/composition'

type Provider = PaymentDependencies['provider']
type Movement = 'captured' | 'refunded'

/** What the provider has really moved: our books must agree with it. */
export interface WatchedProvider {
  watch(provider: Provider): Provider
  /** Calls that have no answer yet. */
  underWay(): number
  /** Minor units in all that were moved and said to be; a key counts once. */
  moved(kind: Movement): number
}

export const createWatchedProvider = (): WatchedProvider => {
  const moved: Record<Movement, Map<string, number>> = { captured: new Map(), refunded: new Map() }
  let calls = 0

  const counted = async <Answer>(call: () => Promise<Answer>): Promise<Answer> => {
    calls++
    try {
      return await call()
    } finally {
      calls--
    }
  }
  const noted =
    (call: Provider['capture'], kind: Movement): Provider['capture'] =>
    async given => {
      const answer = await counted(() => call(given))
      if (answer.status === 'approved') moved[kind].set(given.key, given.amount.amount)
      return answer
    }

  return {
    watch: provider => ({
      ...provider,
      authorise: given => counted(() => provider.authorise(given)),
      void: given => counted(() => provider.void(given)),
      capture: noted(provider.capture, 'captured'),
      refund: noted(provider.refund, 'refunded'),
    }),
    underWay: () => calls,
    moved: kind => [...moved[kind].values()].reduce((sum, amount) => sum + amount, 0),
  }
}
