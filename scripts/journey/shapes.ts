/** What the stored operations of the journey answer, as far as it looks at them. */

export interface Money {
  readonly amount: string
  readonly currency: string
}

export interface Stock {
  readonly sku: string
  readonly available: number
  readonly onHand: number
  readonly reserved: number
}

export interface Product {
  readonly id: string
  readonly sku: string
  readonly name: string
  readonly price: Money
  readonly stock: { readonly available: number; readonly inStock: boolean }
}

export interface Invoice {
  readonly number: string
  readonly kind: 'INVOICE' | 'CREDIT_NOTE'
  readonly amount: Money
}

export interface Payment {
  readonly status: string
  readonly amount: Money
  readonly captured: Money
  readonly refunded: Money
  readonly declineReason: string | null
}

export interface PlacedOrder {
  readonly id: string
  readonly number: string
  readonly cursor: string
  readonly totals: { readonly grandTotal: Money }
}

/** An order across the contexts. */
export interface WholeOrder extends PlacedOrder {
  readonly status: string
  readonly statusReason: string | null
  readonly customer: { readonly username: string; readonly email: string }
  readonly lines: readonly { readonly sku: string; readonly quantity: number; readonly product: Product }[]
  readonly payment: Payment | null
  readonly invoices: readonly Invoice[]
  readonly timeline: readonly { readonly event: string }[]
}

export interface OrderTold {
  readonly type: string
  readonly order: { readonly status: string; readonly statusReason: string | null }
}

export interface PaymentTold {
  readonly type: string
  readonly payment: Payment
}

export interface StockTold {
  readonly stock: Stock
}
