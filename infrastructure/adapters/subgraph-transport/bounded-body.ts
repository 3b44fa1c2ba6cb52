/**
 * A body that is read at its reader's pace, fails with `overflow()` past `limit` bytes, turns failures into what `explain` makes of them,
 * and calls `onEnd` once when it is over, however that came.
 */
export const boundedBody = (
  source: ReadableStream<Uint8Array>,
  options: {
    readonly limit: number
    readonly overflow: () => Error
    readonly explain: (error: unknown) => unknown
    readonly onEnd: () => void
  },
): ReadableStream<Uint8Array> => {
  const { limit, overflow, explain } = options
  const reader = source.getReader()
  let size = 0
  let over = false
  const end = (): void => {
    if (!over) options.onEnd()
    over = true
  }
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const { done, value } = await reader.read()
          if (done) {
            end()
            return controller.close()
          }
          size += value.byteLength
          if (size <= limit) return controller.enqueue(value)
          end()
          controller.error(overflow())
          reader.cancel().catch(() => undefined)
        } catch (error) {
          end()
          controller.error(explain(error))
        }
      },
      async cancel(reason) {
        end()
        await reader.cancel(reason)
      },
    },
    { highWaterMark: 0 },
  )
}

export const isLive = (contentType: string | null | undefined): boolean =>
  contentType?.startsWith('text/event-stream') ?? false
