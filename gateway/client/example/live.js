import { createMercatoClient } from '@mercato/client'
import {
  AddPaymentMethod,
  BrowseProducts,
  Me,
  MyOrdersChanged,
  MyPaymentMethods,
  PlaceOrder,
  StockChanged,
} from '@mercato/client/operations'

/** What outlives a reload of this tab. */
const kept = {
  read: name => JSON.parse(sessionStorage.getItem(name) ?? 'null') ?? undefined,
  write: (name, value) =>
    value === undefined ? sessionStorage.removeItem(name) : sessionStorage.setItem(name, JSON.stringify(value)),
}

const element = selector => document.querySelector(selector)
const notice = text => {
  element('#notice').textContent = text
}
const add = (list, text) => {
  const item = document.createElement('li')
  item.textContent = text
  element(list).prepend(item)
}

const reach = {
  url: new URL('/graphql', location.href),
  apiKey: element('meta[name=api-key]').content,
  live: new URLSearchParams(location.search).get('over') === 'sse' ? 'sse' : 'websocket',
}
/** What anybody may see. A cursor belongs to who it was given to, so this one never signs in. */
const shop = createMercatoClient(reach)
const mercato = createMercatoClient({
  ...reach,
  tokens: kept.read('tokens'),
  onTokens: tokens => {
    kept.write('tokens', tokens)
    showWho()
  },
})

/** Shows every event of a stream once, also across reloads: the cursor of the last one shown is kept. */
const show = async (name, stream, onEvent) => {
  for await (const event of stream) {
    onEvent(event.data)
    kept.write(`${name} cursor`, event.cursor)
  }
}

const order = async sku => {
  notice('')
  const { data: mine } = await mercato.query(MyPaymentMethods)
  let method = mine.me?.paymentMethods[0]
  if (!method) {
    const { data } = await mercato.mutate(AddPaymentMethod, { input: { label: 'Demo card', token: 'tok_approved' } })
    method = data.addPaymentMethod.paymentMethod
  }
  const shippingAddress = {
    name: 'Ada Lovelace',
    line1: 'Karl-Marx-Allee 1',
    city: 'Berlin',
    postalCode: '10178',
    country: 'DE',
  }
  const input = { lines: [{ sku, quantity: 1 }], paymentMethodId: method.id, shippingAddress }
  const { data } = await mercato.mutate(PlaceOrder, { input })
  const [refused] = data.placeOrder.userErrors
  if (refused) notice(refused.message)
}

const rowFor = ({ sku, name, price, stock }) => {
  const row = document.createElement('tr')
  row.dataset.sku = sku
  for (const text of [name, `${price.amount} ${price.currency}`, stock?.available ?? 0]) {
    const cell = document.createElement('td')
    cell.textContent = text
    row.append(cell)
  }
  const button = document.createElement('button')
  button.textContent = 'Order one'
  button.addEventListener('click', async () => {
    button.disabled = true
    await order(sku).catch(error => notice(error.message))
    showWho()
  })
  const cell = document.createElement('td')
  cell.append(button)
  row.append(cell)
  return row
}

let watchingOrders
const watchOrders = () => {
  watchingOrders?.abort()
  watchingOrders = undefined
  if (!mercato.session.tokens) return kept.write('orders cursor', undefined)
  watchingOrders = new AbortController()
  const options = { after: kept.read('orders cursor'), signal: watchingOrders.signal }
  show('orders', mercato.subscribe(MyOrdersChanged, {}, options), ({ myOrdersChanged: { type, order } }) =>
    add('#orders', `${order.number} ${type}: ${order.status}`),
  ).catch(error => notice(`Orders: ${error.message}`))
}

const showWho = () => {
  const signedIn = mercato.session.tokens !== undefined
  element('#sign-in').hidden = signedIn
  element('#who').hidden = !signedIn
  for (const button of document.querySelectorAll('#products button')) button.disabled = !signedIn
}

const welcome = async () => {
  const { data } = await mercato.query(Me)
  element('#who span').textContent = data.me?.username ?? ''
  watchOrders()
}

element('#sign-in').addEventListener('submit', async event => {
  event.preventDefault()
  notice('')
  const { email, password } = event.target.elements
  await mercato
    .signIn(email.value, password.value)
    .then(welcome)
    .catch(error => notice(error.message))
})
element('#who button').addEventListener('click', async () => {
  await mercato.signOut()
  watchOrders()
})

const { data } = await shop.query(BrowseProducts, { sort: 'NAME', first: 20 })
const products = data.products.edges.map(({ node }) => node)
element('#products tbody').append(...products.map(rowFor))
showWho()
if (mercato.session.tokens) welcome().catch(error => notice(error.message))

const onState = state => {
  element('#stock-state').textContent = state
  element('#stock-state').className = `state ${state}`
}
const skus = products.map(({ sku }) => sku)
show(
  'stock',
  shop.subscribe(StockChanged, { skus }, { after: kept.read('stock cursor'), onState }),
  ({ stockChanged: { stock } }) => {
    add('#stock', `${stock.sku}: ${stock.available}`)
    const row = document.querySelector(`[data-sku="${CSS.escape(stock.sku)}"]`)
    if (row) row.cells[2].textContent = stock.available
  },
).catch(error => notice(`Stock: ${error.message}`))
