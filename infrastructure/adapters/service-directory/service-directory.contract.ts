import { randomUUID } from 'node:crypto'
import { afterEach, describe, expect, it } from 'vitest'
import { hostAndPort, type Instances, type ServiceDirectory } from './service-directory.ts'

/** Opens a directory; all that are opened know of each other's services. */
export type OpenDirectory = () => Promise<ServiceDirectory>

const ONE = { host: '10.0.0.1', port: 4001 }
const TWO = { host: '10.0.0.2', port: 4002 }
const SOON = { timeout: 10_000, interval: 20 }

/** What the port promises. */
export const serviceDirectoryContract = (name: string, open: OpenDirectory): void => {
  describe(`the service directory (${name})`, () => {
    const opened: ServiceDirectory[] = []
    const directory = async (): Promise<ServiceDirectory> => {
      const it = await open()
      opened.push(it)
      return it
    }
    afterEach(async () => {
      for (const it of opened.splice(0)) await it[Symbol.asyncDispose]()
    })
    const unique = (): string => `service-${randomUUID()}`
    const names = (instances: Instances): string[] => instances.current().map(hostAndPort).sort()

    it('names what is registered to those who watched before and to those who come later', async () => {
      const [service, its] = [unique(), await directory()]
      const early = (await directory()).watch(service)
      expect(names(early)).toEqual([])
      its.register(service, ONE)
      its.register(service, TWO)
      await expect.poll(() => names(early), SOON).toEqual(['10.0.0.1:4001', '10.0.0.2:4002'])
      const late = (await directory()).watch(service)
      await expect.poll(() => names(late), SOON).toEqual(['10.0.0.1:4001', '10.0.0.2:4002'])
    })

    it('keeps services apart', async () => {
      const [service, other, its] = [unique(), unique(), await directory()]
      its.register(service, ONE)
      its.register(other, TWO)
      const [first, second] = [its.watch(service), its.watch(other)]
      await expect.poll(() => [names(first), names(second)], SOON).toEqual([['10.0.0.1:4001'], ['10.0.0.2:4002']])
    })

    it('takes out an instance whose registration was disposed, once however often, and leaves the other', async () => {
      const [service, its] = [unique(), await directory()]
      const leaving = its.register(service, ONE)
      its.register(service, TWO)
      const watched = (await directory()).watch(service)
      await expect.poll(() => names(watched), SOON).toHaveLength(2)
      await Promise.all([leaving[Symbol.asyncDispose](), leaving[Symbol.asyncDispose]()])
      await leaving[Symbol.asyncDispose]()
      await expect.poll(() => names(watched), SOON).toEqual(['10.0.0.2:4002'])
    })

    it('knows the last that were named when nobody is named any more', async () => {
      const [service, its] = [unique(), await directory()]
      const only = its.register(service, ONE)
      const watched = (await directory()).watch(service)
      await expect.poll(() => names(watched), SOON).toEqual(['10.0.0.1:4001'])
      await only[Symbol.asyncDispose]()
      its.register(service, TWO)
      await expect.poll(() => names(watched), SOON).toEqual(['10.0.0.2:4002'])
    })

    it('tells of changes until one listener leaves; the other goes on', async () => {
      const [service, its] = [unique(), await directory()]
      const watching = await directory()
      const told = { leaving: 0, staying: 0 }
      const leave = watching.watch(service).onChange(() => told.leaving++)
      watching.watch(service).onChange(() => told.staying++)
      its.register(service, ONE)
      await expect.poll(() => told, SOON).toEqual({ leaving: 1, staying: 1 })
      leave()
      leave()
      its.register(service, TWO)
      await expect.poll(() => told, SOON).toEqual({ leaving: 1, staying: 2 })
    })

    it('shares what is watched twice', async () => {
      const [service, its] = [unique(), await directory()]
      expect(its.watch(service)).toBe(its.watch(service))
    })

    it('takes out what is still registered when it is disposed, and is closed then', async () => {
      const [service, its] = [unique(), await directory()]
      its.register(service, ONE)
      const other = await directory()
      other.register(service, TWO)
      const watched = other.watch(service)
      await expect.poll(() => names(watched), SOON).toHaveLength(2)
      await its[Symbol.asyncDispose]()
      await its[Symbol.asyncDispose]()
      await expect.poll(() => names(watched), SOON).toEqual(['10.0.0.2:4002'])
      expect(() => its.register(service, ONE)).toThrow('is closed')
      expect(() => its.watch(service)).toThrow('is closed')
    })
  })
}
