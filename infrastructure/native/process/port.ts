import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { connect } from 'node:net'

/** Whether something on 127.0.0.1 accepts connections to the port. */
export const accepts = (port: number): Promise<boolean> =>
  new Promise(resolve => {
    const socket = connect({ port, host: '127.0.0.1' })
    const settle = (answer: boolean) => () => {
      socket.destroy()
      resolve(answer)
    }
    socket.once('connect', settle(true)).once('error', settle(false)).setTimeout(1_000, settle(false))
  })

const LISTENING = '0A'

/** Inodes of the sockets that listen on the port, from Linux' own tables. */
const listeningInodes = (port: number): Set<string> => {
  const hex = port.toString(16).toUpperCase().padStart(4, '0')
  const lines = ['/proc/net/tcp', '/proc/net/tcp6']
    .filter(existsSync)
    .flatMap(file => readFileSync(file, 'utf8').split('\n').slice(1))
  const fields = lines.map(line => line.trim().split(/\s+/))
  return new Set(
    fields.filter(([, local, , state]) => local?.endsWith(`:${hex}`) && state === LISTENING).map(each => each[9] ?? ''),
  )
}

/** What a descriptor points to; nothing when it was closed while we looked. */
const target = (descriptor: string): string => {
  try {
    return readlinkSync(descriptor)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return ''
    throw error
  }
}

/** Whether this very process listens on the port: a server left by an earlier run would answer just as well. */
export const ownsPort = (pid: number, port: number): boolean => {
  if (!existsSync('/proc/net/tcp')) {
    const listeners = execFileSync('lsof', ['-nP', `-iTCP:${port}`, '-sTCP:LISTEN', '-t'], { encoding: 'utf8' })
    return listeners.split('\n').includes(String(pid))
  }
  const folder = `/proc/${pid}/fd`
  if (!existsSync(folder)) return false
  const inodes = listeningInodes(port)
  return readdirSync(folder).some(name => {
    const inode = /^socket:\[(\d+)\]$/.exec(target(`${folder}/${name}`))?.[1]
    return inode !== undefined && inodes.has(inode)
  })
}
