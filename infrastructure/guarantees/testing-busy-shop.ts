import type { Foreign } from './testing-bad-values.ts'
import type { Client } from './testing-client.ts'
import { ADDRESS, ordered, PASSWORD, type Person, payingWith, person, stocked } from './testing-people.ts'
import type { System } from './testing-system.ts'
import { eventually } from './testing-waiting.ts'

/** A mutation as somebody may send it, right in every part. */
export interface Good {
  readonly as: Client
  readonly input: Readonly<Record<string, unknown>>
  /** Answers the same whatever it is asked for: nobody learns who has an account. */
  readonly discreet?: true
  /** In this shop there is nothing for it to do, and it says so with this code. */
  readonly idle?: string
}

export interface BusyShop {
  /** By mutation: one that would be accepted. */
  readonly good: Readonly<Record<string, Good>>
  readonly foreign: Foreign
  /** Somebody who owns none of it. */
  readonly stranger: Person
  readonly owner: Person
}

const statusIs = (client: Client, id: string, wanted: string): Promise<true> =>
  eventually(`order is ${wanted}`, async () => {
    const { data } = await client.send('query ($id: ID!) { order(id: $id) { status payment { status } } }', { id })
    return data.order.status === wanted || data.order.payment?.status === wanted ? true : undefined
  })

/** Contexts offer these for operators, each for itself. */
const REPLAY = /^replay(\w+)ParkedMessages$/

/** A shop in which every one of the mutations has something to do. */
export const openBusyShop = async (system: System, mutations: readonly string[]): Promise<BusyShop> => {
  const merchandiser = await person(system, 'merchandiser', 'MERCHANDISER')
  const support = await person(system, 'support', 'SUPPORT')
  const admin = await person(system, 'admin', 'ADMIN')
  const [owner, stranger] = [await person(system, 'owner'), await person(system, 'stranger')]
  const product = await stocked(merchandiser, 'CUP', 1_000)
  const hidden = await stocked(merchandiser, 'HIDDEN', 0)
  await merchandiser.tell('unpublishProduct', { id: hidden.id }, '')
  const line = { sku: product.sku, quantity: 1 }

  const confirmed = async (buyer: Client, method: string): Promise<string> => {
    const orderId = await ordered(buyer, method, [{ sku: product.sku, quantity: 2 }])
    await statusIs(buyer, orderId, 'CONFIRMED')
    return orderId
  }
  const parcel = { carrier: 'DHL', trackingNumber: 'T1' }
  const shipped = async (buyer: Client, method: string): Promise<string> => {
    const orderId = await confirmed(buyer, method)
    await merchandiser.tell('shipOrder', { orderId, ...parcel }, '')
    await statusIs(buyer, orderId, 'CAPTURED')
    return orderId
  }
  const delivered = async (buyer: Client, method: string): Promise<string> => {
    const orderId = await shipped(buyer, method)
    await merchandiser.tell('markDelivered', { orderId }, '')
    return orderId
  }
  const returning = async (buyer: Client, method: string, approve = false) => {
    const orderId = await delivered(buyer, method)
    const { order } = await buyer.tell('requestReturn', { orderId, lines: [line] }, 'order { returns { id } }')
    const returnId: string = order.returns[0].id
    if (approve) await merchandiser.tell('approveReturn', { orderId, returnId }, '')
    return { orderId, returnId }
  }
  const addressOf = async (client: Client): Promise<string> =>
    (await client.tell('addAddress', { address: ADDRESS }, 'address { id }')).address.id
  const sessionOf = async (username: string) => {
    const credentials = { email: `${username}@example.com`, password: PASSWORD }
    return (await support.tell('signIn', credentials, 'session { id refreshToken }')).session
  }
  const mailed = (to: string, subject: RegExp): Promise<string> =>
    eventually(`mail to ${to}`, async () => {
      const mail = (await system.mailbox.list()).find(each => each.to === to && subject.test(each.subject))
      return /#token=(\S+)/.exec(mail?.text ?? '')?.[1]
    })

  const [own, theirs] = [await payingWith(owner), await payingWith(stranger)]
  const spare = await payingWith(owner)
  const addressId = await addressOf(owner)
  const movable = await addressOf(owner)
  const session = await sessionOf('owner')
  const foreignSession = await sessionOf('stranger')
  const leaving = await sessionOf('owner')
  await owner.tell('addToCart', { productId: product.id, quantity: 1 }, '')
  const guestCart = async (pieces: number): Promise<string> =>
    (await stranger.tell('addToGuestCart', { productId: product.id, quantity: pieces }, 'guestToken')).guestToken
  const guestToken = await guestCart(2)
  const removable = await stocked(merchandiser, 'REMOVABLE', 5)
  await owner.tell('addToCart', { productId: removable.id, quantity: 1 }, '')
  const pending = { email: 'pending@example.com', username: 'pending' }
  await support.tell('registerUser', pending, '')
  const unverified = { email: 'unverified@example.com', username: 'unverified', password: PASSWORD }
  await support.tell('registerUser', unverified, '')
  await support.tell('requestPasswordReset', { email: 'support@example.com' }, '')
  const [toCancel, toShip, toGiveUp] = [
    await confirmed(owner, own),
    await confirmed(owner, own),
    await confirmed(owner, own),
  ]
  const [toDeliver, toReturn, toRefund] = [
    await shipped(owner, own),
    await delivered(owner, own),
    await delivered(owner, own),
  ]
  const [toApprove, toDecline, toReceive] = [
    await returning(owner, own),
    await returning(owner, own),
    await returning(owner, own, true),
  ]
  const foreignReturn = await returning(stranger, theirs)
  const moving = await person(system, 'moving')
  await moving.tell('requestEmailChange', { email: 'moved@example.com' }, '')
  const fired = await person(system, 'fired', 'SUPPORT')
  const [closing, leavingForGood] = [await person(system, 'closing'), await person(system, 'leaving')]

  const money = (amount: string) => ({ amount, currency: 'EUR' })
  const details = { name: 'Plate', description: 'Round', category: 'coffee', weightGrams: 300 }
  const extras = {
    attributes: [{ name: 'colour', value: 'white' }],
    images: [{ url: 'https://example.com/a.png', alt: 'a plate' }],
  }
  const delivery = { paymentMethodId: own, shippingAddress: { ...ADDRESS, line2: '2nd floor', region: 'BE' } }
  const good: Record<string, Good> = {
    createProduct: { as: merchandiser, input: { sku: 'PLATE', ...details, ...extras, price: money('9.90') } },
    updateProduct: { as: merchandiser, input: { id: product.id, ...details, ...extras } },
    publishProduct: { as: merchandiser, input: { id: hidden.id } },
    unpublishProduct: { as: merchandiser, input: { id: removable.id } },
    receiveStock: { as: merchandiser, input: { sku: 'CUP', quantity: 5, reference: 'delivery 1' } },
    adjustStock: { as: merchandiser, input: { sku: 'CUP', delta: -1, reason: 'DAMAGED', note: 'broken' } },
    setLowStockThreshold: { as: merchandiser, input: { sku: 'CUP', threshold: 3 } },
    addToCart: { as: owner, input: { productId: product.id, quantity: 1 } },
    changeQuantity: { as: owner, input: { productId: product.id, quantity: 3 } },
    removeFromCart: { as: owner, input: { productId: removable.id } },
    addToGuestCart: { as: stranger, input: { guestToken, productId: product.id, quantity: 1 } },
    changeGuestQuantity: { as: stranger, input: { guestToken, productId: product.id, quantity: 5 } },
    removeFromGuestCart: { as: stranger, input: { guestToken, productId: product.id } },
    mergeGuestCart: { as: owner, input: { guestToken: await guestCart(1) } },
    placeOrder: {
      as: owner,
      input: { lines: [{ productId: product.id, quantity: 1 }], ...delivery, billingAddress: ADDRESS },
    },
    checkout: { as: owner, input: { ...delivery, billingAddress: ADDRESS } },
    clearCart: { as: owner, input: {} },
    changePrice: { as: merchandiser, input: { id: product.id, price: money('11.00') } },
    cancelOrder: { as: owner, input: { orderId: toCancel, reason: 'changed my mind' } },
    shipOrder: { as: merchandiser, input: { orderId: toShip, ...parcel, lines: [line] } },
    markDelivered: { as: merchandiser, input: { orderId: toDeliver } },
    requestReturn: { as: owner, input: { orderId: toReturn, lines: [line], reason: 'too small' } },
    approveReturn: { as: merchandiser, input: toApprove },
    declineReturn: { as: merchandiser, input: toDecline },
    receiveReturn: { as: merchandiser, input: toReceive },
    addPaymentMethod: { as: owner, input: { token: 'tok_approved', label: 'new card' } },
    removePaymentMethod: { as: owner, input: { paymentMethodId: spare } },
    refundPayment: { as: support, input: { paymentId: toRefund, amount: money('1.00'), reason: 'goodwill' } },
    registerUser: { as: stranger, input: { email: 'new@example.com', username: 'newcomer', password: PASSWORD } },
    verifyEmail: { as: stranger, input: { token: await mailed(unverified.email, /Confirm/) } },
    resendVerification: { as: stranger, input: { email: pending.email }, discreet: true },
    completeRegistration: {
      as: stranger,
      input: { token: await mailed(pending.email, /Complete/), password: PASSWORD },
    },
    signIn: { as: stranger, input: { email: 'owner@example.com', password: PASSWORD } },
    refreshSession: { as: stranger, input: { refreshToken: session.refreshToken } },
    signOut: { as: owner, input: { refreshToken: leaving.refreshToken } },
    revokeSession: { as: owner, input: { sessionId: session.id } },
    requestPasswordReset: { as: stranger, input: { email: 'owner@example.com' }, discreet: true },
    changeUsername: { as: moving, input: { username: 'moved' } },
    confirmEmailChange: { as: stranger, input: { token: await mailed('moved@example.com', /new e-mail address/) } },
    requestEmailChange: { as: closing, input: { email: 'closing@example.org' } },
    updateProfile: { as: owner, input: { displayName: 'Olga Owner', phone: '+49 30 1234567' } },
    addAddress: { as: owner, input: { address: { ...ADDRESS, line2: 'rear', region: 'BE' }, asDefault: false } },
    updateAddress: { as: owner, input: { addressId, address: { ...ADDRESS, city: 'Bonn' } } },
    setDefaultAddress: { as: owner, input: { addressId: movable } },
    removeAddress: { as: owner, input: { addressId } },
    assignRole: { as: admin, input: { userId: closing.id, role: 'SUPPORT' } },
    revokeRole: { as: admin, input: { userId: fired.id, role: 'SUPPORT' } },
    deactivateUser: { as: admin, input: { userId: closing.id } },
    changePassword: { as: owner, input: { currentPassword: PASSWORD, newPassword: `${PASSWORD} 2` } },
    resetPassword: {
      as: stranger,
      input: { token: await mailed('support@example.com', /new password/), password: `${PASSWORD} 3` },
    },
    eraseMe: { as: leavingForGood, input: {} },
    signOutEverywhere: { as: stranger, input: {} },
  }
  if (mutations.includes('retrySaga')) {
    good['retrySaga'] = { as: admin, input: { orderId: toGiveUp }, idle: 'SAGA.NOTHING_TO_RETRY' }
    good['compensateSaga'] = { as: admin, input: { orderId: toGiveUp } }
  }
  for (const replay of mutations) {
    const context = REPLAY.exec(replay)?.[1]?.toLowerCase()
    if (context) good[replay] = { as: admin, input: { group: `${context}.reactions` } }
  }
  const foreign: Foreign = {
    ...foreignReturn,
    paymentId: 'nonsense',
    paymentMethodId: theirs,
    addressId: await addressOf(stranger),
    sessionId: foreignSession.id,
    email: 'stranger@example.com',
    username: 'stranger',
    sku: 'CUP',
  }
  return { good, foreign, stranger, owner }
}
