export interface Backoff {
  readonly firstMs: number
  readonly longestMs: number
}

/** Doubles with every try, and takes half to all of it, so that those who failed together do not come back together. */
export const backoffMs = ({ firstMs, longestMs }: Backoff, tries: number): number =>
  Math.min(longestMs, firstMs * 2 ** (tries - 1)) * (0.5 + Math.random() / 2)
