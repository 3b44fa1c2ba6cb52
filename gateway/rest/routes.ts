import type { Route } from './route.ts'
import { orderRoutes } from './routes/orders.ts'
import { paymentRoutes } from './routes/payments.ts'
import { productRoutes } from './routes/products.ts'
import { userRoutes } from './routes/users.ts'

/** Everything under /api/v1. */
export const routes: readonly Route[] = [...userRoutes, ...productRoutes, ...orderRoutes, ...paymentRoutes]
