/** Tells the journey, a short line at a time. */
export interface Narrator {
  /** Begins a chapter. */
  chapter(title: string): void
  /** Somebody does or sees something. */
  tell(who: string, what: string): void
}

/** Money as people read it: `19.99 EUR`. */
export const price = ({ amount, currency }: { readonly amount: string; readonly currency: string }): string =>
  `${amount} ${currency}`

export const createNarrator = (print: (line: string) => void): Narrator => ({
  chapter(title) {
    print('')
    print(title)
  },
  tell(who, what) {
    print(`  ${who.padEnd(8)}${what}`)
  },
})
