/** Who issues invoices, as they say it. */
export interface Seller {
  readonly name: string
  /** Lines of the address. */
  readonly address: readonly string[]
  /** Number under which the seller pays tax. */
  readonly taxId: string
}

export const DEMO_SELLER: Seller = {
  name: 'Mercato Demo Shop',
  address: ['Market Street 1', '10115 Berlin', 'Germany'],
  taxId: 'DE000000000',
}
