import { readdirSync, readFileSync } from 'node:fs'

export interface Usage {
  /** Milliseconds of CPU, user and system, of all processes of the group so far. */
  readonly cpuMs: number
  /** Resident memory of the group, in MB. */
  readonly rssMb: number
}

/** `sysconf(_SC_CLK_TCK)` and the page size of every Linux that Node runs on. */
const TICK_MS = 10
const PAGE = 4_096

interface Stat {
  readonly group: number
  readonly ticks: number
  readonly pages: number
}

/** Fields of /proc/<pid>/stat, counted behind the name, which may hold anything. */
const fieldsOf = (pid: string): number[] => {
  const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
  return text
    .slice(text.lastIndexOf(')') + 2)
    .split(' ')
    .map(Number)
}

const readStat = (pid: string): Stat | undefined => {
  try {
    const fields = fieldsOf(pid)
    const [, , group = 0] = fields
    return { group, ticks: (fields[11] ?? 0) + (fields[12] ?? 0), pages: fields[21] ?? 0 }
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ESRCH'))
      return undefined
    throw error
  }
}

/** Milliseconds of CPU, user and system, of one process so far. */
export const cpuOf = (pid: number): number => (readStat(`${pid}`)?.ticks ?? 0) * TICK_MS

/** The same of our children that have ended: the load. */
export const childrenCpuMs = (): number => {
  const fields = fieldsOf('self')
  return ((fields[13] ?? 0) + (fields[14] ?? 0)) * TICK_MS
}

/** What a process group used. Its processes are children that have not ended. */
export const usageOf = (group: number): Usage => {
  const stats = readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .flatMap(pid => readStat(pid) ?? [])
    .filter(stat => stat.group === group)
  return {
    cpuMs: stats.reduce((sum, { ticks }) => sum + ticks * TICK_MS, 0),
    rssMb: stats.reduce((sum, { pages }) => sum + (pages * PAGE) / 1_000_000, 0),
  }
}

/** Milliseconds of CPU that the whole machine has spent so far. */
export const machineCpuMs = (): number => {
  const [user = 0, nice = 0, system = 0, , , irq = 0, softirq = 0] = (
    readFileSync('/proc/stat', 'utf8').split('\n')[0] ?? ''
  )
    .split(/\s+/)
    .slice(1)
    .map(Number)
  return (user + nice + system + irq + softirq) * TICK_MS
}
