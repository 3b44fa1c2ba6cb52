/** A signal that aborts with the first of `signals`, or with `late()` after `ms`. Release it when the work is done. */
export const linkedSignal = (
  signals: readonly AbortSignal[],
  ms: number,
  late: () => unknown,
): { readonly signal: AbortSignal; release(): void } => {
  const controller = new AbortController()
  const listeners = signals.map(signal => {
    const abort = () => controller.abort(signal.reason)
    if (signal.aborted) abort()
    else signal.addEventListener('abort', abort, { once: true })
    return [signal, abort] as const
  })
  const timer = Number.isFinite(ms) ? setTimeout(() => controller.abort(late()), Math.max(0, ms)) : undefined
  return {
    signal: controller.signal,
    release() {
      clearTimeout(timer)
      for (const [signal, abort] of listeners) signal.removeEventListener('abort', abort)
    },
  }
}
