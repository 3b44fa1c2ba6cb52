export const SECOND_MS = 1_000
/** So many attempts in a row are free. */
export const FREE_ATTEMPTS = 5
export const LONGEST_MS = 900_000
/** A key is forgotten after this silence. */
export const FORGET_MS = 3_600_000

/** How long the attempts made so far bar the next one: nothing for the first five, then 1 s, doubling to 15 min. */
export const waitAfter = (attempts: number): number =>
  attempts < FREE_ATTEMPTS ? 0 : Math.min(LONGEST_MS, SECOND_MS * 2 ** Math.min(20, attempts - FREE_ATTEMPTS))
