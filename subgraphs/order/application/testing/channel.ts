/** Messages on their way to one consumer, of one stream: in order unless told otherwise, at least once unless told otherwise. */
export interface Channel<Message = unknown> {
  readonly name: string
  readonly waiting: Message[]
  readonly delivered: Message[]
  handle(message: Message): Promise<void>
}

/** All channels of a world, made when their first message is sent. */
export const createChannels = () => {
  const channels = new Map<string, Channel>()
  return {
    all: (): readonly Channel[] => [...channels.values()],
    send<Message>(name: string, message: Message, handle: (message: Message) => Promise<void>): void {
      const channel = channels.get(name) ?? {
        name,
        waiting: [],
        delivered: [],
        handle: each => handle(each as Message),
      }
      channels.set(name, channel)
      channel.waiting.push(message)
    },
  }
}

/** Delivers the next message; it stays next when that fails. */
export const deliver = async (channel: Channel): Promise<void> => {
  const [next] = channel.waiting
  await channel.handle(next)
  channel.waiting.shift()
  channel.delivered.push(next)
}
