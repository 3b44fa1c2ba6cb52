import { eventually } from '../expectations.ts'
import { frontEndOf } from './front-end.ts'
import { createOperationBook, type Hand, type OperationBook } from './operation-book.ts'

const FIRST_PASSWORD = 'a long and quiet river'
const SECOND_PASSWORD = 'a new and quiet river'
const MAIL = 'ada@example.com'

interface Cast {
  readonly book: OperationBook
  readonly nobody: Hand
  readonly support: Hand
  readonly merchandiser: Hand
  readonly admin: Hand
}

const signIn = async ({ book, nobody }: Cast, password: string, email = MAIL): Promise<Hand> =>
  book.hand((await nobody.run('user/sign-in', { email, password })).session.accessToken)

/** From registration to a signed-in person with another name, address and password. */
const account = async (cast: Cast): Promise<Hand> => {
  const { book, nobody, support } = cast
  await nobody.run('user/register')
  await nobody.run('user/verify-email', { token: await book.mailed(MAIL, /^Confirm your e-mail/) })
  await nobody.run('user/resend-verification')
  const grace = 'grace@example.com'
  await nobody.run('user/register', { email: grace, username: 'grace', password: null })
  await nobody.run('user/complete-registration', { token: await book.mailed(grace, /Complete/) })
  await nobody.run('user/request-password-reset')
  await nobody.run('user/reset-password', { token: await book.mailed(MAIL, /new password/) })

  const ada = await signIn(cast, SECOND_PASSWORD)
  await ada.run('user/me')
  await ada.follow('user/user-changed', () => ada.run('user/update-profile'))
  await ada.run('user/add-address')
  await ada.run('user/update-address')
  await ada.run('user/set-default-address')
  await ada.run('user/remove-address')
  await ada.run('user/change-username')
  await ada.run('user/request-email-change')
  await nobody.run('user/confirm-email-change', {
    token: await book.mailed('ada.lovelace@example.com', /new e-mail address/),
  })
  await ada.run('user/change-password', { currentPassword: SECOND_PASSWORD, newPassword: FIRST_PASSWORD })
  await nobody.run('user/user')
  await support.run('user/users')
  await support.run('user/user-history')
  return signIn(cast, FIRST_PASSWORD, 'ada.lovelace@example.com')
}

const catalogue = async ({ merchandiser, support, nobody }: Cast): Promise<void> => {
  await merchandiser.run('inventory/create-product')
  await merchandiser.run('inventory/update-product')
  await merchandiser.follow('inventory/product-changed', () => merchandiser.run('inventory/change-price'))
  await merchandiser.run('inventory/publish-product')
  const ours = { skus: ['TEA-SENCHA-100'] }
  await nobody.follow('inventory/stock-changed', () => merchandiser.run('inventory/receive-stock'), ours)
  await merchandiser.follow('inventory/stock-levels-changed', () => merchandiser.run('inventory/adjust-stock'), ours)
  await merchandiser.run('inventory/set-low-stock-threshold')
  await merchandiser.run('inventory/unpublish-product')
  for (const path of ['browse-products', 'categories', 'product']) await nobody.run(`inventory/${path}`)
  for (const path of ['stock', 'stock-movements']) await merchandiser.run(`inventory/${path}`)
  await support.run('inventory/product-history')
}

const carts = async ({ nobody }: Cast, ada: Hand): Promise<void> => {
  await nobody.run('order/add-to-guest-cart')
  await nobody.run('order/change-guest-quantity')
  await nobody.run('order/guest-cart')
  await nobody.run('order/remove-from-guest-cart')
  await ada.run('order/merge-guest-cart')
  await ada.run('order/add-to-cart')
  await ada.run('order/change-quantity')
  await ada.run('order/cart')
  await ada.run('order/remove-from-cart')
  await ada.run('order/add-to-cart')
  await ada.run('order/clear-cart')
  await ada.run('order/add-to-cart')
}

const becomes = (hand: Hand, path: string, status: string): Promise<true> =>
  eventually(
    `${path} to be ${status}`,
    async () => ((await hand.run(path)).status === status ? true : undefined),
    20_000,
  )
const reaches = (hand: Hand, status: string): Promise<true> => becomes(hand, 'order/order', status)
const paid = (hand: Hand, status: string): Promise<true> => becomes(hand, 'payment/payment', status)

const orders = async ({ merchandiser, support, admin }: Cast, ada: Hand): Promise<void> => {
  await ada.run('payment/add-payment-method')
  await ada.run('payment/my-payment-methods')
  await ada.follow('order/my-orders-changed', () => ada.run('order/checkout'))
  await ada.follow('order/order-changed', async () => undefined)
  await reaches(ada, 'CONFIRMED')
  await ada.follow('payment/payment-changed', () => merchandiser.run('order/ship-order'))
  await paid(ada, 'CAPTURED')
  await merchandiser.run('order/mark-delivered')
  await ada.run('order/request-return')
  await merchandiser.run('order/decline-return')
  await ada.run('order/request-return')
  await merchandiser.run('order/approve-return')
  await merchandiser.run('order/receive-return')
  await paid(ada, 'PARTLY_REFUNDED')
  await support.run('payment/refund-payment')
  for (const path of ['order/order-by-number', 'order/my-orders', 'payment/my-invoices', 'payment/payments'])
    await ada.run(path)
  for (const path of ['order-across-contexts', 'latest-order', 'my-account']) await ada.run(`across/${path}`)
  const { edges } = await ada.run('payment/my-invoices')
  await ada.run('payment/invoice', { number: edges[0].node.number })
  await support.run('order/order-history')
  await support.run('payment/payment-history')
  await admin.run('order/saga')
  await admin.run('order/sagas')
  await admin.run('order/retry-saga', {}, 'SAGA.NOTHING_TO_RETRY')

  await ada.run('order/place-order')
  await reaches(ada, 'CONFIRMED')
  await ada.run('order/cancel-order')
  await ada.run('order/place-order')
  await reaches(ada, 'CONFIRMED')
  await admin.run('order/compensate-saga')
  await ada.run('payment/remove-payment-method')
}

const leaving = async (cast: Cast, ada: Hand): Promise<void> => {
  const { nobody, admin } = cast
  const email = 'ada.lovelace@example.com'
  await ada.run('user/me')
  await admin.run('user/assign-role')
  await admin.run('user/revoke-role')
  const again = () => signIn(cast, FIRST_PASSWORD, email)
  const laptop = await again()
  await laptop.follow('user/my-sessions-changed', () => again())
  await nobody.run('user/refresh-session')
  await laptop.run('user/my-sessions')
  await again()
  await laptop.run('user/revoke-session')
  await laptop.run('user/sign-out')
  await (await again()).run('user/sign-out-everywhere')
  await (await again()).run('user/deactivate-user')
  await (await signIn(cast, FIRST_PASSWORD, 'grace@example.com')).run('user/erase-me')
}

const operating = async ({ admin }: Cast): Promise<void> => {
  for (const context of ['user', 'inventory', 'order', 'payment']) {
    await admin.run(`${context}/${context}-parked-messages`)
    await admin.run(`${context}/replay-${context}-parked-messages`)
  }
}

/** Runs every stored operation against a running Mercato with fresh demo data, each where it has something to do; their paths. */
export const runEveryOperation = async (url: string): Promise<readonly string[]> => {
  const book = createOperationBook(url)
  const colleague = async (who: string): Promise<Hand> => book.handOf(await frontEndOf(url, who))
  const cast: Cast = {
    book,
    nobody: book.hand(),
    support: await colleague('support'),
    merchandiser: await colleague('merchandiser'),
    admin: await colleague('admin'),
  }
  const ada = await account(cast)
  await catalogue(cast)
  await carts(cast, ada)
  await orders(cast, ada)
  await operating(cast)
  await leaving(cast, ada)
  return book.done()
}
