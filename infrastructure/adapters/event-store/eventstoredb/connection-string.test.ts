import { describe, expect, it } from 'vitest'
import { checkConnectionString } from './connection-string.ts'

describe('the address of an EventStoreDB', () => {
  it.each([
    'esdb://localhost',
    'esdb://localhost:2113?tls=false',
    'esdb://admin:change%40it@a:2113,b:2113,c?tls=true&tlsCAFile=%2Fca.pem&nodePreference=leader',
    'esdb+discover://cluster.example:2113/?keep-alive-interval=10000&defaultDeadline=3000',
  ])('may be %s', address => {
    expect(() => checkConnectionString(address)).not.toThrow()
  })

  it.each([
    ['', 'looks like'],
    ['postgres://admin:secret@localhost', 'looks like'],
    ['esdb://', 'looks like'],
    ['esdb://admin:secret@localhost?tsl=false', 'no option tsl'],
    ['esdb://admin:secret@localhost?tlsVerifyCert=false', 'no option tlsVerifyCert'],
    ['esdb://admin:secret@localhost?tls', 'the option tls'],
    ['esdb://admin:secret@localhost?', 'no option'],
  ])('is not %s, and the complaint does not show the password', (address, complaint) => {
    expect(() => checkConnectionString(address)).toThrow(complaint)
    expect(() => checkConnectionString(address)).not.toThrow('secret')
  })
})
