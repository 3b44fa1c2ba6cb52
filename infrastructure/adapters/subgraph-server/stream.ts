const encoder = new TextEncoder()

/** One result of a distinct-connections SSE stream, followed by its end. */
const lastWords = (result: unknown): Uint8Array =>
  encoder.encode(`event: next\ndata: ${JSON.stringify(result)}\n\nevent: complete\ndata:\n\n`)

export interface EndableOptions {
  /** Ends the stream politely: `farewell` is sent as its last result. */
  readonly ending: AbortSignal
  readonly farewell: () => unknown
  /** Called once, whoever ended it. */
  readonly onEnd: () => void
}

/**
 * A live answer that its server can end although its source is waiting for an event. Pull-driven: nothing is read ahead of the client.
 */
export const endable = (
  source: ReadableStream<Uint8Array>,
  { ending, farewell, onEnd }: EndableOptions,
): ReadableStream<Uint8Array> => {
  const reader = source.getReader()
  let over = false
  const finish = (): void => {
    if (over) return
    over = true
    ending.removeEventListener('abort', end)
    onEnd()
  }
  let controllerOf: ReadableStreamDefaultController<Uint8Array> | undefined
  const end = (): void => {
    if (over) return
    finish()
    controllerOf?.enqueue(lastWords(farewell()))
    controllerOf?.close()
    reader.cancel().catch(() => undefined)
  }
  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        controllerOf = controller
        if (ending.aborted) end()
        else ending.addEventListener('abort', end)
      },
      async pull(controller) {
        try {
          const { done, value } = await reader.read()
          if (over) return
          if (!done) return controller.enqueue(value)
          finish()
          controller.close()
        } catch (error) {
          if (over) return
          finish()
          controller.error(error)
        }
      },
      async cancel(reason) {
        finish()
        await reader.cancel(reason)
      },
    },
    { highWaterMark: 0 },
  )
}
