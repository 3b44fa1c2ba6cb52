import { describe, expect, it } from 'vitest'
import { Closed } from '#application/faults.ts'
import type { Mailer } from '#application/ports/environment.ts'

/** A mailer with a view of what arrived, oldest first. */
export interface ObservedMailer extends AsyncDisposable {
  readonly mailer: Mailer
  arrived(): Promise<
    readonly { readonly id: string; readonly to: string; readonly subject: string; readonly text: string }[]
  >
}

const mail = (id: string, over: Partial<Parameters<Mailer['send']>[0]> = {}) => ({
  id,
  to: `${id}@shop.example`,
  subject: 'Welcome — bienvenue',
  text: `Hello ${id},\nopen https://shop.example/?token=1 ✉️`,
  ...over,
})

/** What every {@link Mailer} adapter keeps. `open` gives one whose recipients have no mail. */
export const mailerContract = (adapter: string, open: () => Promise<ObservedMailer>): void => {
  describe(`Mailer contract: ${adapter}`, () => {
    it('delivers what it is given, in order', async () => {
      await using observed = await open()
      await observed.mailer.send(mail('ann'))
      await observed.mailer.send(mail('bob'))
      expect(await observed.arrived()).toMatchObject([mail('ann'), mail('bob')])
    })

    it('delivers an id once, whatever the second mail says', async () => {
      await using observed = await open()
      await observed.mailer.send(mail('ann'))
      await observed.mailer.send(mail('ann', { subject: 'Again' }))
      expect(await observed.arrived()).toMatchObject([mail('ann')])
    })

    it('delivers an id once when many send it at the same time', async () => {
      await using observed = await open()
      await Promise.all(Array.from({ length: 20 }, () => observed.mailer.send(mail('ann'))))
      expect(await observed.arrived()).toHaveLength(1)
    })

    it('has nothing to forget of an address it never wrote to', async () => {
      await using observed = await open()
      await observed.mailer.send(mail('ann'))
      await observed.mailer.forget('bob@shop.example')
      expect(await observed.arrived()).toMatchObject([mail('ann')])
    })

    it('rejects with Closed after dispose, which may be repeated', async () => {
      const observed = await open()
      await observed[Symbol.asyncDispose]()
      await observed[Symbol.asyncDispose]()
      await expect(observed.mailer.send(mail('ann'))).rejects.toThrow(Closed)
      await expect(observed.mailer.forget('ann@shop.example')).rejects.toThrow(Closed)
    })
  })
}
