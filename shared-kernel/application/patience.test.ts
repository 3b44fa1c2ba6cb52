import { describe, expect, it, vi } from 'vitest'
import { Fault } from './faults.ts'
import { untilItPasses } from './patience.ts'

const away = new Fault('SERVICE_UNAVAILABLE', 'the database does not answer')

describe('a handler that needs something', () => {
  it('is run again until that answers, and then once no more', async () => {
    const handle = vi.fn<(message: string) => Promise<void>>().mockRejectedValueOnce(away).mockResolvedValue()
    await untilItPasses(new AbortController().signal, handle)('a message')
    expect(handle.mock.calls).toEqual([['a message'], ['a message']])
  })

  it('is not run again for a failure of its own', async () => {
    const mine = new TypeError('a fold that does not know places')
    const handle = vi.fn(async () => Promise.reject(mine))
    await expect(untilItPasses(new AbortController().signal, handle)('a message')).rejects.toBe(mine)
    expect(handle).toHaveBeenCalledTimes(1)
  })

  it('gives up when it has to end', async () => {
    const ending = new AbortController()
    const handle = vi.fn(async () => Promise.reject(away))
    const handled = untilItPasses(ending.signal, handle)('a message')
    await vi.waitFor(() => expect(handle).toHaveBeenCalled())
    ending.abort()
    await expect(handled).rejects.toThrow()
  })
})
