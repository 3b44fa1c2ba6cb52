import { get } from 'node:http'
import { text } from 'node:stream/consumers'

/** The body of a GET request. */
export const http = (url: string): Promise<string> =>
  new Promise((resolve, reject) => {
    get(url, response => resolve(text(response))).on('error', reject)
  })
