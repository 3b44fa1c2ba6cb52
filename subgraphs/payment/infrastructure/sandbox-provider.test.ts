import { createUuidIds } from '@mercato/adapters/ids/uuid'
import { createFakeClock } from '@mercato/adapters/testing/fake-clock'
import { Money } from '@mercato/shared-kernel/domain'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type PaymentProvider, ProviderUnavailable, UnknownOutcome } from '#application/ports.ts'
import { createMemoryLedger } from './sandbox-ledger.ts'
import { createSandboxProvider } from './sandbox-provider.ts'

const eur = (amount: number) => Money.money(amount, 'EUR')
const named = (key: string, amount = 1) => ({ key, amount: eur(amount), paymentId: 'p', operationId: 'o' })
let provider: PaymentProvider
beforeEach(() => {
  provider = createSandboxProvider({
    ledger: createMemoryLedger(),
    clock: createFakeClock(),
    ids: createUuidIds(),
    secret: 'shared with nobody else',
    slowMs: 5,
  })
})
afterEach(() => provider[Symbol.asyncDispose]())

const reserve = async (token = 'tok_approved') => {
  const key = `00000000-0000-4000-8000-${String(Math.abs(token.length)).padStart(12, '0')}`
  const answer = await provider.authorise({ ...named(key, 1000), token }).catch(() => provider.find(key))
  if (answer?.status !== 'approved') throw new Error('not approved')
  return answer.reference
}

describe('the sandbox provider', () => {
  it.each([
    ['tok_declined', 'DECLINED'],
    ['tok_insufficient_funds', 'INSUFFICIENT_FUNDS'],
  ])('refuses %s', async (token, reason) => {
    expect(await provider.authorise({ ...named('k', 1), token })).toEqual({ status: 'refused', reason })
  })
  it('gives the first answer to every call with one key', async () => {
    const reference = await reserve()
    const first = await provider.capture({ ...named('c', 600), reference })
    expect(await provider.capture({ ...named('c', 600), reference })).toEqual(first)
    expect(await provider.capture({ ...named('d', 400), reference })).toMatchObject({ status: 'approved' })
  })
  it('captures no more than was authorised, refunds no more than was captured', async () => {
    const reference = await reserve()
    await provider.capture({ ...named('c', 600), reference })
    expect(await provider.capture({ ...named('d', 401), reference })).toEqual({
      status: 'refused',
      reason: 'EXCEEDS_AUTHORISED',
    })
    expect(await provider.refund({ ...named('r', 601), reference })).toEqual({
      status: 'refused',
      reason: 'EXCEEDS_CAPTURED',
    })
    expect(await provider.refund({ ...named('s', 600), reference })).toMatchObject({ status: 'approved' })
  })
  it('voids once, and captures nothing afterwards', async () => {
    const reference = await reserve()
    expect(await provider.void({ ...named('v', 0), reference })).toMatchObject({ status: 'approved' })
    expect(await provider.void({ ...named('w', 0), reference })).toEqual({
      status: 'refused',
      reason: 'NOTHING_TO_VOID',
    })
    expect(await provider.capture({ ...named('c', 1), reference })).toMatchObject({ status: 'refused' })
  })
  it('loses the answer of an authorisation that it made', async () => {
    await expect(provider.authorise({ ...named('k', 1), token: 'tok_timeout_after_authorise' })).rejects.toBeInstanceOf(
      UnknownOutcome,
    )
    expect(await provider.find('k')).toMatchObject({ status: 'approved' })
  })
  it('loses the answer of a capture that it made', async () => {
    const reference = await reserve('tok_timeout_after_capture')
    await expect(provider.capture({ ...named('c', 1), reference })).rejects.toBeInstanceOf(UnknownOutcome)
    expect(await provider.find('c')).toMatchObject({ status: 'approved' })
  })
  it('is unavailable once, then captures', async () => {
    const reference = await reserve('tok_capture_fails_once')
    await expect(provider.capture({ ...named('c', 1), reference })).rejects.toBeInstanceOf(ProviderUnavailable)
    expect(await provider.find('c')).toBeUndefined()
    expect(await provider.capture({ ...named('c', 1), reference })).toMatchObject({ status: 'approved' })
  })
  it('knows nothing of references it did not give out', async () => {
    expect(await provider.capture({ ...named('c', 1), reference: 'made-up' })).toEqual({
      status: 'refused',
      reason: 'UNKNOWN_REFERENCE',
    })
  })
  it('is slow with tok_slow, and approves', async () => {
    expect(await provider.authorise({ ...named('k', 1), token: 'tok_slow' })).toMatchObject({
      status: 'approved',
    })
  })
  it('rejects after dispose', async () => {
    await provider[Symbol.asyncDispose]()
    await expect(provider.find('k')).rejects.toBeInstanceOf(ProviderUnavailable)
  })
})
