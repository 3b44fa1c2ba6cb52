import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ADD_METHOD, customerId, openPaymentContext, type PaymentContext, stranger } from './testing.ts'

let context: PaymentContext
beforeEach(async () => {
  context = await openPaymentContext()
})
afterEach(() => context[Symbol.asyncDispose]())

const METHODS = /* GraphQL */ `query Methods($id: ID!) { _entities(representations: [{ __typename: "User", id: $id }]) { ... on User { paymentMethods { id label } } } }`

describe('payment methods', () => {
  it('are kept for their customer and read back at once', async () => {
    const id = await context.addMethod('tok_approved')
    const { data } = await context.client.query(METHODS, { id: customerId })
    expect(data._entities[0].paymentMethods).toEqual([{ id, label: 'My card' }])
  })
  it('are nobody else’s business', async () => {
    await context.addMethod('tok_approved')
    const { data, errors } = await context.client.query(METHODS, { id: customerId }, { viewer: stranger })
    expect(data._entities[0].paymentMethods).toBeNull()
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'FORBIDDEN' })
  })
  it.each([
    ['an unknown token', { token: 'tok_magic', label: 'x' }, 'PAYMENT_METHOD.INVALID_TOKEN'],
    ['a card number', { token: '4111111111111111', label: 'x' }, 'PAYMENT_METHOD.INVALID_TOKEN'],
    ['an empty label', { token: 'tok_approved', label: ' ' }, 'PAYMENT_METHOD.INVALID_LABEL'],
    ['a label with a NUL', { token: 'tok_approved', label: 'a\0b' }, 'PAYMENT_METHOD.INVALID_LABEL'],
    ['a label of 10 kB', { token: 'tok_approved', label: 'x'.repeat(10_000) }, 'PAYMENT_METHOD.INVALID_LABEL'],
  ])('are refused for %s', async (_what, input, code) => {
    const { data } = await context.client.query(ADD_METHOD, { input })
    expect(data.addPaymentMethod).toMatchObject({ paymentMethod: null, userErrors: [{ code }], consistencyToken: null })
  })
  it('need somebody signed in', async () => {
    const { errors } = await context.client.query(
      ADD_METHOD,
      { input: { token: 'tok_approved', label: 'x' } },
      { viewer: { consumer: 'frontend' } },
    )
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'UNAUTHENTICATED' })
  })
  it('are added once for twenty parallel repeats of one key', async () => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, () =>
        context.client.query(ADD_METHOD, { input: { token: 'tok_approved', label: 'x' } }, { idempotencyKey: 'k1' }),
      ),
    )
    expect(new Set(answers.map(({ data }) => JSON.stringify(data)))).toHaveLength(1)
    const { data } = await context.client.query(METHODS, { id: customerId })
    expect(data._entities[0].paymentMethods).toHaveLength(1)
  })
})
