let stop: (() => Promise<void>) | undefined

/** Keeps what ends tracing, for whoever ends the process. */
export const onTracingShutdown = (shutdown: () => Promise<void>): void => {
  stop = shutdown
}

/** Sends the spans that are left and stops tracing; does nothing when tracing is off. Call it last when draining. */
export const shutdownTracing = async (): Promise<void> => {
  const shutdown = stop
  stop = undefined
  await shutdown?.()
}
