/** What arrives faster than it is taken, up to a limit. */
export interface Inbox<Item> extends AsyncIterable<Item> {
  /** False when it is full: then it takes nothing more. */
  put(item: Item): boolean
  /** After what is in it already, iteration ends, or rejects with `error`. What comes later counts for nothing. */
  end(error?: unknown): void
}

export const createInbox = <Item>(most: number): Inbox<Item> => {
  const items: Item[] = []
  let ended: { readonly error?: unknown } | undefined
  let wake = (): void => undefined
  return {
    put(item) {
      if (ended || items.length >= most) return false
      items.push(item)
      wake()
      return true
    },
    end(error) {
      ended ??= error === undefined ? {} : { error }
      wake()
    },
    async *[Symbol.asyncIterator]() {
      for (;;) {
        const next = items.shift()
        if (next !== undefined) yield next
        else if (!ended)
          await new Promise<void>(resolve => {
            wake = resolve
          })
        else if ('error' in ended) throw ended.error
        else return
      }
    },
  }
}
