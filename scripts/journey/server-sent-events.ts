/** Data of the `next` events of a stream of server-sent events (graphql-sse, distinct connections), until it completes or is stopped. */
export async function* readEvents(body: ReadableStream<Uint8Array>, stopped: AbortSignal): AsyncGenerator<unknown> {
  let text = ''
  const decoder = new TextDecoder()
  const field = (block: string, name: string): string | undefined =>
    block
      .split('\n')
      .find(line => line.startsWith(`${name}:`))
      ?.slice(name.length + 1)
      .trim()
  try {
    for await (const chunk of body) {
      text += decoder.decode(chunk, { stream: true })
      const blocks = text.split('\n\n')
      text = blocks.pop() ?? ''
      for (const block of blocks) {
        if (field(block, 'event') === 'complete') return
        const data = field(block, 'data')
        if (data && field(block, 'event') === 'next') yield JSON.parse(data)
      }
    }
  } catch (error) {
    if (!stopped.aborted) throw error
  }
}
