const MAX_LENGTH = 80

/** Stands for every value that came after a label was full. */
export const OTHER = 'other'

/** Keeps the values of labels few: after `most` different ones a label takes no more and says {@link OTHER}. */
export const createBoundedLabels = (allowed: readonly string[], most: number) => {
  const seen = new Map<string, Set<string>>(allowed.map(label => [label, new Set()]))

  const bounded = (label: string, value: string): string => {
    const values = seen.get(label)
    if (!values) throw new TypeError(`no label ${label}: it has ${allowed.join(', ') || 'none'}`)
    const short = value.slice(0, MAX_LENGTH)
    if (!values.has(short) && values.size >= most) return OTHER
    values.add(short)
    return short
  }

  return (labels: Readonly<Record<string, string>>): Record<string, string> =>
    Object.fromEntries(Object.entries(labels).map(([label, value]) => [label, bounded(label, value)]))
}
