/** Thrown by {@link within} when time is up. */
export class TimedOut extends Error {
  override readonly name = 'TimedOut'
}

/** The outcome of a promise, or {@link TimedOut} when it has none within `ms`; `what` it was is said in the error. */
export const within = async <Value>(ms: number, what: string, promise: Promise<Value>): Promise<Value> => {
  const { promise: timedOut, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => reject(new TimedOut(`${what} took longer than ${ms} ms`)), ms)
  // When time is up nobody listens to how it ends any more.
  promise.catch(() => undefined)
  try {
    return await Promise.race([promise, timedOut])
  } finally {
    clearTimeout(timer)
  }
}
