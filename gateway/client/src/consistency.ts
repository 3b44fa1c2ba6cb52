/** What this client has written, as tokens that the gateway understands: sent along, so that it reads what it wrote, on any gateway. */
export interface ConsistencyKeeper {
  /** To be sent; empty when nothing was written lately. */
  current(): readonly string[]
  /** An answer to a request that carried `sent`: its token covers those. */
  keep(token: string, sent: readonly string[]): void
}

/** As many as answers may come side by side. */
const MOST = 16

export const createConsistencyKeeper = (): ConsistencyKeeper => {
  let kept: readonly string[] = []
  return {
    current: () => kept,
    keep(token, sent) {
      kept = [...kept.filter(one => one !== token && !sent.includes(one)), token].slice(-MOST)
    },
  }
}
