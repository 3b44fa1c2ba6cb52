/** Turns the bytes of `text/event-stream` into its messages. Comments are skipped. */
export async function* readEventStream(
  body: ReadableStream<Uint8Array>,
): AsyncGenerator<{ readonly event: string; readonly data: string }> {
  const reader = body.getReader()
  const decoder = new TextDecoder()
  let rest = ''
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      const blocks = `${rest}${decoder.decode(value, { stream: true })}`.split(/\r?\n\r?\n/)
      rest = blocks.pop() ?? ''
      for (const block of blocks) {
        const fields = block.split(/\r?\n/).map(line => /^(\w*):? ?(.*)$/.exec(line) ?? [])
        const of = (name: string) => fields.flatMap(([, field, text = '']) => (field === name ? [text] : []))
        const [event = 'message'] = of('event')
        if (of('event').length > 0 || of('data').length > 0) yield { event, data: of('data').join('\n') }
      }
    }
  } finally {
    await reader.cancel().catch(() => undefined)
  }
}
