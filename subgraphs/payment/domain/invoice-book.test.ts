import { Money } from '@mercato/shared-kernel/domain'
import { specFor } from '@mercato/shared-kernel/testing'
import { describe, it } from 'vitest'
import { type InvoiceBookEvent, invoiceBook } from './invoice-book.ts'

const { given } = specFor(invoiceBook)
const document = (movementId: string, kind: 'invoice' | 'credit_note' = 'invoice') => ({
  kind,
  movementId,
  orderId: 'o',
  customerId: 'c',
  amount: Money.money(100, 'EUR'),
  issuedAt: '2026-05-01T00:00:00.000Z',
})
const issue = (movementId: string, kind: 'invoice' | 'credit_note' = 'invoice') =>
  ({ type: 'IssueDocument', data: { ...document(movementId, kind), year: 2026 } }) as const
const issued = (movementId: string, number: string): InvoiceBookEvent => ({
  type: 'InvoiceIssued',
  data: { ...document(movementId), number },
})

describe('the invoice book of a year', () => {
  it('starts at one', () => given().when(issue('m1')).then(issued('m1', '2026-000001')))
  it('numbers without gaps, credit notes included', () =>
    given(issued('m1', '2026-000001'))
      .when(issue('m2', 'credit_note'))
      .then({ type: 'CreditNoteIssued', data: { ...document('m2', 'credit_note'), number: '2026-000002' } }))
  it('documents a movement once', () => given(issued('m1', '2026-000001')).when(issue('m1')).then())
})
