// `test` with a world of its own for each test, and people in it.
import { expect, test as base } from '@playwright/test'

import { AtTheKeyboard } from './keyboard.js'
import { Person } from './person.js'
import { RelyingService } from './relying-service.js'
import { World } from './world.js'

export { expect }

/**
 * @type {import('@playwright/test').TestType<{
 *   javaScript: boolean, byKeyboard: boolean, settings: Record<string, string>, world: World,
 *   newService: (id: string, more?: object) => Promise<RelyingService>,
 *   newPerson: (tabOf?: Person) => Promise<Person>, person: Person
 * } & import('@playwright/test').PlaywrightTestArgs & import('@playwright/test').PlaywrightTestOptions, {}>}
 */
export const test = base.extend({
  javaScript: [true, { option: true }],
  byKeyboard: [false, { option: true }],
  settings: [{}, { option: true }],

  world: async ({ settings }, use, info) => {
    const world = await World.start(settings)
    await use(world)
    if (info.status !== info.expectedStatus) await info.attach('log', { body: world.log })
    await world.ends()
    expect(world.log, 'nothing goes wrong in the service').not.toMatch(/ERROR|panicked/)
  },

  /** A relying service beside the demo service. */
  newService: async ({ world }, use) => {
    const services = []
    await use(async (id, more) => {
      services.push(await RelyingService.start(world, id, more))
      return services.at(-1)
    })
    services.forEach((service) => service.ends())
  },

  /** Somebody at a browser that nobody has used before, or at another tab of somebody's browser. */
  newPerson: async ({ browser, world, javaScript, byKeyboard, viewport }, use) => {
    const people = []
    await use(async (tabOf) => {
      const context = tabOf?.page.context() ?? (await browser.newContext({ viewport }))
      people.push(await (byKeyboard ? AtTheKeyboard : Person).at(await context.newPage(), world, javaScript))
      return people.at(-1)
    })
    for (const person of people) {
      expect(person.complaints, 'the browser has nothing to complain about').toEqual([])
      await person.page.context().close()
    }
  },

  person: async ({ newPerson }, use) => use(await newPerson())
})
