import type { Route } from './route.ts'
import { orderRoutes } from './routes/orders.ts'
import { paymentRoutes } from './routes/payments.ts'
import { productRoutes } from './routes/products.ts'
import { userRoutes } from './routes/users.ts'
import type { Seller } from './seller.ts'

/** Everything under /api/v1; `seller` issues the invoices. */
export const routesFor = (seller: Seller): readonly Route[] => [
  ...userRoutes,
  ...productRoutes,
  ...orderRoutes,
  ...paymentRoutes(seller),
]
