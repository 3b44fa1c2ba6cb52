import type { Route } from './route.ts'
import { cartRoutes } from './routes/cart.ts'
import { guestCartRoutes } from './routes/guest-cart.ts'
import { accountRoutes } from './routes/me.ts'
import { orderRoutes } from './routes/orders.ts'
import { paymentRoutes } from './routes/payments.ts'
import { productRoutes } from './routes/products.ts'
import { sessionRoutes } from './routes/sessions.ts'
import { stockRoutes } from './routes/stock.ts'
import { userRoutes } from './routes/users.ts'
import type { Seller } from './seller.ts'

/** Everything under /api/v1; `seller` issues the invoices. */
export const routesFor = (seller: Seller): readonly Route[] => [
  ...sessionRoutes,
  ...userRoutes,
  ...accountRoutes,
  ...productRoutes,
  ...stockRoutes,
  ...cartRoutes,
  ...guestCartRoutes,
  ...orderRoutes,
  ...paymentRoutes(seller),
]
