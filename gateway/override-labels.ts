/** Decides for one request which labels of `@override` are on: their fields come from where they move to. */
export type ChooseLabels = (labels: readonly string[]) => ReadonlySet<string>

const PERCENT = /^percent\((\d{1,3}(?:\.\d{1,8})?)\)$/
const NONE: ReadonlySet<string> = new Set()

/** `percent(N)` is on for so many of a hundred requests; another label is on when it is among `on`. `random` gives numbers from 0 up to 1. */
export const createLabels =
  (on: ReadonlySet<string>, random: () => number): ChooseLabels =>
  labels => {
    if (labels.length === 0) return NONE
    return new Set(
      labels.filter(label => {
        const percent = PERCENT.exec(label)?.[1]
        return percent === undefined ? on.has(label) : random() * 100 < Number(percent)
      }),
    )
  }
