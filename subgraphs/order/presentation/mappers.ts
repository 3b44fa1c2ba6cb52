/** What resolvers pass around for the types of the schema. */
export const mappers = {
  Cart: '../context.ts#CartView',
  CartLine: '../context.ts#CartLineView',
  Order: '../context.ts#WeighedOrder',
  OrderLine: '../../domain/order-lines.ts#FulfilledLine',
  OrderConnection: '../../application/queries.ts#OrderPage',
  OrderReturn: '../../domain/order-state.ts#OrderReturn as OrderReturnModel',
  OrderEvent: '../../application/changes.ts#OrderChange',
  Saga: '../../application/saga-view.ts#SagaDoc',
  SagaConnection: '../../application/operator-queries.ts#SagaPage',
  SagaTask: '../saga-entities.ts#SagaTaskView',
  Shipment: '../../domain/order-state.ts#Shipment as ShipmentModel',
  OrderTotals: '../../domain/order-lines.ts#OrderTotals as OrderTotalsModel',
  Address: '../context.ts#AddressValue',
  Money: '../context.ts#MoneyValue',
  Product: '../context.ts#Reference',
  User: '../context.ts#Reference',
}
