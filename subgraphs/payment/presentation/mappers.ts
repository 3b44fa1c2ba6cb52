/** What resolvers pass around for the types of the schema. */
export const mappers = {
  Payment: '../../application/payment-views.ts#PaymentView',
  PaymentMovement: '../movements.ts#NamedMovement',
  PaymentMethod: '../../domain/payment-methods.ts#PaymentMethod as PaymentMethodModel',
  Invoice: '../../domain/invoice-book.ts#InvoiceDocument',
  PaymentConnection: '../../application/queries.ts#PaymentPage',
  InvoiceConnection: '../../application/queries.ts#InvoicePage',
  Money: '../context.ts#MoneyValue',
  Order: '../context.ts#Reference',
  User: '../context.ts#Reference',
}
