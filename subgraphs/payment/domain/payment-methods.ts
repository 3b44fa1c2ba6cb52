import { accept, type Command, type Decider, type DomainEvent, reject } from '@mercato/shared-kernel/domain'
import { customerErased, tooManyMethods, unknownMethod } from './rejections.ts'

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
  /** The customer was erased: nothing is kept, and nothing will be. */
  | DomainEvent<'PaymentMethodsErased', { readonly customerId: string; readonly at: string }>

export type PaymentMethodsCommand =
  | Command<'AddPaymentMethod', PaymentMethod & { readonly customerId: string }>
  | Command<'RemovePaymentMethod', { readonly customerId: string; readonly paymentMethodId: string }>
  | Command<'ErasePaymentMethods', { readonly customerId: string; readonly now: string }>

export interface PaymentMethodsState {
  readonly methods: readonly PaymentMethod[]
  readonly erased?: true
}

const MOST = 10

const knows = ({ methods }: PaymentMethodsState, id: string): boolean =>
  methods.some(({ paymentMethodId }) => paymentMethodId === id)

/** The payment methods of one customer. */
export const paymentMethods: Decider<PaymentMethodsState, PaymentMethodsCommand, PaymentMethodsEvent> = {
  initialState: { methods: [] },
  decide: (command, state) => {
    switch (command.type) {
      case 'AddPaymentMethod':
        if (state.erased) return reject(customerErased)
        if (knows(state, command.data.paymentMethodId)) return accept()
        return state.methods.length >= MOST
          ? reject(tooManyMethods)
          : accept({ type: 'PaymentMethodAdded', data: command.data })
      case 'RemovePaymentMethod':
        return knows(state, command.data.paymentMethodId)
          ? accept({ type: 'PaymentMethodRemoved', data: command.data })
          : reject(unknownMethod)
      case 'ErasePaymentMethods': {
        const { customerId, now } = command.data
        return state.erased ? accept() : accept({ type: 'PaymentMethodsErased', data: { customerId, at: now } })
      }
    }
  },
  evolve: (state, event) => {
    if (event.type === 'PaymentMethodsErased') return { methods: [], erased: true }
    const others = state.methods.filter(({ paymentMethodId }) => paymentMethodId !== event.data.paymentMethodId)
    switch (event.type) {
      case 'PaymentMethodAdded': {
        const { customerId: _, ...method } = event.data
        return { ...state, methods: [...others, method] }
      }
      case 'PaymentMethodRemoved':
        return { ...state, methods: others }
    }
  },
}
