import { Money } from '@mercato/shared-kernel/domain'

type Amount = Money.Money

/** Money that was taken before anybody asked for it, as far as nothing was shipped for it. */
export interface Credit {
  readonly captureId: string
  /** What is left of it; the entry stays when all is used, so that it is known when it is told again. */
  readonly amount: Amount
  /** Names the refund, should nothing need it. */
  readonly refundId: string
}

/** So much of an amount is paid already. */
export const coveredBy = (credit: readonly Credit[], { amount, currency }: Amount): Amount => {
  const left = Money.sum(
    currency,
    credit.map(entry => entry.amount),
  )
  return Money.money(Math.min(amount, left.amount), currency)
}

/** Takes an amount from the entries, the oldest first. */
export const spend = (credit: readonly Credit[], { amount }: Amount): readonly Credit[] => {
  let open = amount
  return credit.map(entry => {
    const used = Math.min(open, entry.amount.amount)
    open -= used
    return { ...entry, amount: Money.money(entry.amount.amount - used, entry.amount.currency) }
  })
}
