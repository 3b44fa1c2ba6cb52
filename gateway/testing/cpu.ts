import { getIntrospectionQuery, parse } from 'graphql'

const spent = ({ user, system }: NodeJS.CpuUsage): number => (user + system) / 1_000

/** Milliseconds of this thread's CPU; what others do with the machine meanwhile does not count. */
export const cpuOf = async (work: () => Promise<unknown>): Promise<number> => {
  const before = process.threadCpuUsage()
  await work()
  return spent(process.threadCpuUsage(before))
}

/** Milliseconds for the work below on the machine that bounds are stated for. */
const REFERENCE = 25

/** How many times slower this machine is than the one that bounds are stated for; at least 1. */
export const slowness = (): number => {
  const text = getIntrospectionQuery()
  const once = (): number => {
    const before = process.threadCpuUsage()
    for (let i = 0; i < 2_000; i++) parse(text)
    return spent(process.threadCpuUsage(before))
  }
  return Math.max(1, Math.min(once(), once(), once()) / REFERENCE)
}
