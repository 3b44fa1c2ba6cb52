import { accept, type Command, type Decider, type DomainEvent, reject } from '@mercato/shared-kernel/domain'
import { tooManyMethods, unknownMethod } from './rejections.ts'

export interface PaymentMethod {
  readonly paymentMethodId: string
  /** The provider's token: stands for a card that we never see. */
  readonly token: string
  readonly label: string
  readonly addedAt: string
}

export type PaymentMethodsEvent =
  | DomainEvent<'PaymentMethodAdded', PaymentMethod & { readonly customerId: string }>
  | DomainEvent<'PaymentMethodRemoved', { readonly customerId: string; readonly paymentMethodId: string }>

export type PaymentMethodsCommand =
  | Command<'AddPaymentMethod', PaymentMethod & { readonly customerId: string }>
  | Command<'RemovePaymentMethod', { readonly customerId: string; readonly paymentMethodId: string }>

export interface PaymentMethodsState {
  readonly methods: readonly PaymentMethod[]
}

const MOST = 10

/** The payment methods of one customer. */
export const paymentMethods: Decider<PaymentMethodsState, PaymentMethodsCommand, PaymentMethodsEvent> = {
  initialState: { methods: [] },
  decide: (command, { methods }) => {
    const known = methods.some(({ paymentMethodId }) => paymentMethodId === command.data.paymentMethodId)
    switch (command.type) {
      case 'AddPaymentMethod':
        if (known) return accept()
        return methods.length >= MOST
          ? reject(tooManyMethods)
          : accept({ type: 'PaymentMethodAdded', data: command.data })
      case 'RemovePaymentMethod':
        return known ? accept({ type: 'PaymentMethodRemoved', data: command.data }) : reject(unknownMethod)
    }
  },
  evolve: ({ methods }, event) => {
    const others = methods.filter(({ paymentMethodId }) => paymentMethodId !== event.data.paymentMethodId)
    switch (event.type) {
      case 'PaymentMethodAdded': {
        const { customerId: _, ...method } = event.data
        return { methods: [...others, method] }
      }
      case 'PaymentMethodRemoved':
        return { methods: others }
    }
  },
}
