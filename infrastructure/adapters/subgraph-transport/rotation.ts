/** Takes members of a changing set in turn; those that failed lately come last. */
export interface Rotation<Member> {
  /** Every present member once, the one whose turn it is first. */
  next(): readonly Member[]
  /** Leaves a member alone for a while. */
  rest(member: Member): void
}

export const createRotation = <Member>(options: {
  readonly of: () => readonly Member[]
  readonly keyOf: (member: Member) => string
  readonly restMs: number
  /** Milliseconds from any start. */
  readonly now?: () => number
}): Rotation<Member> => {
  const { of, keyOf, restMs, now = () => performance.now() } = options
  const restingUntil = new Map<string, number>()
  let turn = 0

  return {
    next() {
      const present = of()
      const at = present.length === 0 ? 0 : turn++ % present.length
      const inTurn = [...present.slice(at), ...present.slice(0, at)]
      for (const [member, until] of restingUntil) if (until <= now()) restingUntil.delete(member)
      const rests = (member: Member): boolean => restingUntil.has(keyOf(member))
      return [...inTurn.filter(member => !rests(member)), ...inTurn.filter(rests)]
    },
    rest: member => void restingUntil.set(keyOf(member), now() + restMs),
  }
}
