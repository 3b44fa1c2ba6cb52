import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createWatchdog } from './watchdog.ts'

describe('a watchdog', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] }))
  afterEach(() => void vi.useRealTimers())

  it('is quiet while signs come, and speaks once when they stop', () => {
    const onSilence = vi.fn()
    const { sign } = createWatchdog({ limitMs: () => 5_000, onSilence })
    for (let second = 0; second < 60; second += 4) {
      vi.advanceTimersByTime(4_000)
      sign()
    }
    expect(onSilence).not.toHaveBeenCalled()
    vi.advanceTimersByTime(20_000)
    expect(onSilence).toHaveBeenCalledTimes(1)
    expect(vi.getTimerCount()).toBe(0)
  })

  it('is as patient as the moment asks for', () => {
    const onSilence = vi.fn()
    let limit = 30_000
    createWatchdog({ limitMs: () => limit, onSilence })
    vi.advanceTimersByTime(20_000)
    expect(onSilence).not.toHaveBeenCalled()
    limit = 10_000
    vi.advanceTimersByTime(1_000)
    expect(onSilence).toHaveBeenCalledTimes(1)
  })

  it('says nothing after it was stopped', () => {
    const onSilence = vi.fn()
    createWatchdog({ limitMs: () => 1_000, onSilence }).stop()
    vi.advanceTimersByTime(60_000)
    expect(onSilence).not.toHaveBeenCalled()
  })
})
