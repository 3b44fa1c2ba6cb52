/** Where one instance of a service answers. */
export interface Instance {
  readonly host: string
  readonly port: number
}

/** What is known of a service's instances. */
export interface Instances {
  /** Those that answer as far as is known, in no particular order; empty while nothing is known. */
  current(): readonly Instance[]
  /** Calls `listener` after each change until the returned function is called. */
  onChange(listener: () => void): () => void
}

/**
 * Who answers for a service. Knowledge outlives its source: while the directory cannot be asked, has forgotten everything, or names
 * nobody any more, the instances it named last stay known; what is registered here is registered again as soon as it can be. After
 * dispose, which takes out what is still registered, every call throws `Closed`, and watches stay as they are.
 */
export interface ServiceDirectory extends AsyncDisposable {
  /**
   * Makes an instance known to all who watch the service, for as long as this process lives: one that dies without a word is gone
   * within seconds. Returns at once, also while the directory is away. Dispose the registration to take the instance out: it is
   * out when that resolves, or within seconds when the directory is away. A second dispose waits for the first.
   */
  register(service: string, instance: Instance): AsyncDisposable
  /** Watches a service; a second watch of the same service shares the first. Ends with the directory. */
  watch(service: string): Instances
}

/** Instances that never change: addresses that somebody configured. */
export const fixedInstances = (instances: readonly Instance[]): Instances => ({
  current: () => instances,
  onChange: () => () => undefined,
})

/** `host:port`, as it stands in an address. */
export const hostAndPort = ({ host, port }: Instance): string =>
  `${host.includes(':') && !host.startsWith('[') ? `[${host}]` : host}:${port}`

/** The instance behind an address such as `http://order:4002`. */
export const instanceAt = (address: string): Instance => {
  const { protocol, hostname, port } = new URL(address)
  return { host: hostname, port: Number(port) || (protocol === 'https:' ? 443 : 80) }
}
