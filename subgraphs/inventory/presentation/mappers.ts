/** What resolvers pass around for the types of the schema. */
export const mappers = {
  Product: '../../application/product-view.ts#ProductView',
  StockItem: '../../application/stock-view.ts#StockView',
  StockReservation: '../../application/reserved-lines.ts#ReservedLineView',
  StockMovement: '../../application/stock-movements.ts#StockMovement as StockMovementModel',
  ProductChangedEvent: '../../application/live.ts#ProductChange as ProductChangeModel',
  Money: '../context.ts#MoneyValue',
}
