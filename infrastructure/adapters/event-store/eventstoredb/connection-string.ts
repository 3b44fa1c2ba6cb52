/** What the client understands. It prints the whole connection string, password and all, when it meets another one. */
const OPTIONS: ReadonlySet<string> = new Set(
  [
    'connectionName',
    'defaultDeadline',
    'discoveryInterval',
    'gossipTimeout',
    'keepAliveInterval',
    'keepAliveTimeout',
    'maxDiscoverAttempts',
    'nodePreference',
    'tls',
    'tlsCAFile',
    'userCertFile',
    'userKeyFile',
  ].map(name => name.toLowerCase()),
)

/**
 * Fails with a sentence that holds no secret unless this is a connection string: `esdb://user:password@host:2113` for one
 * node, `esdb+discover://…` or several hosts for a cluster. TLS unless it says `tls=false`.
 */
export const checkConnectionString = (text: string): void => {
  const match = /^esdb(?:\+discover)?:\/\/[^?]+(?:\?(?<options>.*))?$/.exec(text.trim())
  if (!match) throw new TypeError('an EventStoreDB address looks like esdb://user:password@host:2113?tls=true')
  for (const option of match.groups?.['options']?.split('&') ?? []) {
    const [name = '', value = ''] = option.split('=')
    if (!OPTIONS.has(name.toLowerCase().replace(/[_-]/g, '')))
      throw new TypeError(`an EventStoreDB address has no option ${name.slice(0, 32)}`)
    if (value === '') throw new TypeError(`the option ${name} of an EventStoreDB address needs a value`)
  }
}
