import { accept, type Command, type Decider, type DomainEvent, type Money } from '@mercato/shared-kernel/domain'

export interface InvoiceDocument {
  /** `2026-000001`: gapless within its year. */
  readonly number: string
  readonly kind: 'invoice' | 'credit_note'
  /** The capture or refund it documents. */
  readonly movementId: string
  /** The shipment that is charged; the return, or the stray capture, that is paid back. */
  readonly cause?: string
  /** Why money was given back. */
  readonly reason?: string
  readonly orderId: string
  readonly customerId: string
  readonly amount: Money.Money
  readonly issuedAt: string
}

export type InvoiceBookEvent =
  | DomainEvent<'InvoiceIssued', InvoiceDocument>
  | DomainEvent<'CreditNoteIssued', InvoiceDocument>

export type InvoiceBookCommand = Command<'IssueDocument', Omit<InvoiceDocument, 'number'> & { readonly year: number }>

export interface InvoiceBookState {
  readonly count: number
  /** Movement → number: a movement is documented once. */
  readonly numbers: ReadonlyMap<string, string>
}

/** The invoice book of one year: its stream is the numbering, appending to it is the issue. */
export const invoiceBook: Decider<InvoiceBookState, InvoiceBookCommand, InvoiceBookEvent> = {
  initialState: { count: 0, numbers: new Map() },
  decide: ({ data: { year, ...document } }, { count, numbers }) => {
    if (numbers.has(document.movementId)) return accept()
    const number = `${year}-${String(count + 1).padStart(6, '0')}`
    const data = { ...document, number }
    return accept({ type: document.kind === 'invoice' ? 'InvoiceIssued' : 'CreditNoteIssued', data })
  },
  evolve: ({ count, numbers }, { data }) => ({
    count: count + 1,
    numbers: new Map(numbers).set(data.movementId, data.number),
  }),
}
