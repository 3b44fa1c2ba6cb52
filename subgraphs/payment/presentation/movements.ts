import type { Movement } from '#domain/payment-state.ts'

/** A capture or refund with its id. */
export interface NamedMovement extends Movement {
  readonly id: string
}

export const named = (movements: Readonly<Record<string, Movement>>): readonly NamedMovement[] =>
  Object.entries(movements).map(([id, movement]) => ({ id, ...movement }))
