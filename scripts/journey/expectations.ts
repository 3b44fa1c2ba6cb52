import { setTimeout as delay } from 'node:timers/promises'

const PAUSE_MS = 40

const shown = (value: unknown): string => JSON.stringify(value) ?? String(value)

/** @throws Error saying what is off, when `holds` is false */
export function check(holds: boolean, sentence: string, found?: unknown): asserts holds {
  if (!holds) throw new Error(found === undefined ? sentence : `${sentence} Found ${shown(found)}.`)
}

/** @throws Error saying what is off, when the two differ as JSON */
export const same = (found: unknown, expected: unknown, what: string): void =>
  check(shown(found) === shown(expected), `${what} should be ${shown(expected)}.`, found)

/** Asks until there is an answer other than undefined. @throws Error naming `what` when there is none in time */
export const eventually = async <Found>(
  what: string,
  probe: () => Promise<Found | undefined>,
  withinMs: number,
): Promise<Found> => {
  const until = performance.now() + withinMs
  for (;;) {
    const found = await probe()
    if (found !== undefined) return found
    check(performance.now() < until, `Waited ${withinMs / 1000} s in vain for ${what}.`)
    await delay(PAUSE_MS)
  }
}
