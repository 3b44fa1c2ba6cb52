import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { createRequire } from 'node:module'

const require = createRequire(`${process.env.PEERS}/package.json`)
const { createYoga } = require('graphql-yoga')
const { useApolloFederation } = require('@envelop/apollo-federation')
const { ApolloGateway, RemoteGraphQLDataSource } = require('@apollo/gateway')
const { Agent, fetch } = require('undici')

const [, , file, port] = process.argv
const dispatcher = new Agent({ connections: 64 })
const gateway = new ApolloGateway({
  supergraphSdl: readFileSync(file, 'utf8'),
  buildService: ({ url }) =>
    new RemoteGraphQLDataSource({ url, fetcher: (to, options) => fetch(to, { ...options, dispatcher }) }),
})
await gateway.load()
const yoga = createYoga({ plugins: [useApolloFederation({ gateway })], logging: 'error', graphiql: false })
createServer(yoga).listen(Number(port), '127.0.0.1')
