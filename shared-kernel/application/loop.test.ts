import { describe, expect, it, vi } from 'vitest'
import { startLoop } from './loop.ts'

describe('a loop whose pass fails', () => {
  it('backs off however often it is woken, and ends at once when disposed', async () => {
    vi.useFakeTimers()
    let passes = 0
    const errors: unknown[] = []
    const loop = startLoop({
      pass: async () => {
        passes++
        throw new Error('down')
      },
      idleMs: 60_000,
      onError: error => errors.push(error),
    })
    for (let waited = 0; waited < 1_000; waited += 10) {
      loop.wake()
      await vi.advanceTimersByTimeAsync(10)
    }
    // After 0, 100, 300 and 700 ms.
    expect(passes).toBe(4)
    expect(errors).toHaveLength(4)
    await loop[Symbol.asyncDispose]()
    expect(passes).toBe(4)
    vi.useRealTimers()
  })

  it('runs as soon as it is woken again once it has recovered', async () => {
    let fails = true
    let passes = 0
    await using loop = startLoop({
      pass: async () => {
        if (fails) throw new Error('down')
        passes++
        return false
      },
      idleMs: 60_000,
      onError: () => {
        fails = false
      },
    })
    await expect.poll(() => passes).toBe(1)
    loop.wake()
    await expect.poll(() => passes).toBe(2)
  })
})
