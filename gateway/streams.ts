/** A generator that ends at once when its consumer leaves, even while it waits for its source: `over` is what its source listens to. */
export const cancellable = <Item>(source: AsyncGenerator<Item>, over: AbortController): AsyncGenerator<Item> => {
  const stop = () => over.abort(new Error('the consumer left'))
  const generator: AsyncGenerator<Item> = {
    next: () => source.next(),
    return(value) {
      stop()
      return source.return(value)
    },
    throw(error) {
      stop()
      return source.throw(error)
    },
    [Symbol.asyncIterator]: () => generator,
    async [Symbol.asyncDispose]() {
      await generator.return(undefined)
    },
  }
  return generator
}
