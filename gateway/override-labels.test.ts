import { describe, expect, it } from 'vitest'
import { createLabels } from './override-labels.ts'

describe('labels of @override', () => {
  it('are on by name, or for so many of a hundred requests', () => {
    const numbers = [0.39, 0.41]
    const choose = createLabels(new Set(['beta']), () => numbers.shift() ?? 0)
    const labels = ['beta', 'gamma', 'percent(40)']
    expect([...choose(labels)]).toEqual(['beta', 'percent(40)'])
    expect([...choose(labels)]).toEqual(['beta'])
  })
})
