// Nobody needs a mouse, and the list of training providers helps whoever has JavaScript.
import { ASHA, GARETH, MORGAN, PRIYA, SAM, VICTOR, walk } from '../support/personas.js'
import { expect, test } from '../support/test.js'

test.describe('by keyboard alone', () => {
  test.use({ byKeyboard: true })

  test('a whole journey can be gone', async ({ person }) => {
    await person.signsInAt()
    await walk(person, ASHA)
    expect((await person.tokens()).claims.trn).toBe('1000001')
  })

  for (const [width, height] of [[1280, 800], [320, 640]]) {
    test.describe(`at ${width} pixels and without JavaScript`, () => {
      test.use({ javaScript: false, viewport: { width, height } })

      test('every page that ends a journey has a way on', async ({ newPerson, newService }) => {
        test.setTimeout(240_000)
        const service = await newService('required', { trn: 'required', block_prohibited: true })
        const silent = await newService('silent', { trn: 'required', raise_tickets: false })
        const gareth = await newPerson()
        await gareth.signsInAt()
        await walk(gareth, GARETH)
        await gareth.goesBack()
        await gareth.follows('Continue to Demo: TRN optional')

        for (const [at, persona, told] of [
          [service, MORGAN, 'there is no teaching record with the details that you gave'],
          [service, VICTOR, 'You cannot use The service required with this teaching record'],
          [service, SAM, 'We are checking your details'],
          [silent, { ...SAM, email: { email: 'sam.else@example.com' } }, 'You need to contact support']
        ]) {
          const person = await newPerson()
          await at.sends(person)
          await walk(person, persona, 'finished')
          await person.reads(told)
          await person.follows(`Back to The service ${at.id}`)
          expect(at.refusal).toBe('access_denied')
        }

        const locked = await newPerson()
        await service.sends(locked)
        await walk(locked, { ...GARETH, email: { email: 'gareth@example.net' } }, 'record-holder-code')
        await locked.follows('I cannot get emails at that address')
        await locked.presses('Ask for help')
        await locked.follows('Back to The service required')
        expect(service.refusal).toBe('access_denied')
      })

      test('whoever comes back changes what is theirs', async ({ person }) => {
        await person.signsInAt()
        await walk(person, MORGAN)
        await person.signsInAt('demo-trn-optional', { prompt: 'login' })
        await walk(person, MORGAN, 'your-details')
        for (const [link, fields] of Object.entries({
          'Change name': { last_name: 'Hill' },
          'Change preferred name': { preferred_name: 'Mo' },
          'Change date of birth': MORGAN['date-of-birth']
        })) {
          await person.follows(link)
          await person.answers(fields, 'Save')
        }
        await person.follows('Change email address')
        await person.answers({ email: 'mo.hill@example.com' })
        await person.typesTheCode()
        await walk(person, MORGAN)
        expect((await person.tokens()).userinfo).toMatchObject({ email: 'mo.hill@example.com', preferred_name: 'Mo' })
      })
    })
  }
})

test('the first stop of the keyboard skips to the content', async ({ person }) => {
  await person.signsInAt()
  await person.page.keyboard.press('Tab')
  await expect(person.page.getByRole('link', { name: 'Skip to main content' })).toBeFocused()
})

test('the training provider is chosen from suggestions', async ({ person }) => {
  await person.signsInAt()
  await walk(person, PRIYA, 'provider')
  const field = person.page.locator('[name=provider]')
  await expect(field).toHaveAttribute('role', 'combobox')
  await field.pressSequentially('south downs')
  await expect(person.page.getByRole('option').first()).toHaveText(/South Downs Maths & Physics SCITT/)
  await person.inspects()
  await person.page.keyboard.press('ArrowDown')
  await person.page.keyboard.press('Enter')
  await expect(field).toHaveValue('South Downs Maths & Physics SCITT')
  await person.presses('Continue')
  person.isOn('check-answers')
  await person.reads('South Downs Maths & Physics SCITT')
})

test('one click on “Continue” is enough while suggestions are shown', async ({ person }) => {
  await person.signsInAt()
  await walk(person, PRIYA, 'provider')
  await person.page.locator('[name=provider]').pressSequentially('south downs')
  await expect(person.page.getByRole('option').first()).toBeVisible()
  await person.presses('Continue')
  person.isOn('no-match')
})

test.describe('without JavaScript', () => {
  test.use({ javaScript: false })

  test('the training provider is a plain field that suggests what the browser can', async ({ person }) => {
    await person.signsInAt()
    await walk(person, PRIYA, 'provider')
    const field = person.page.locator('input[name=provider]')
    await expect(field).not.toHaveAttribute('role', 'combobox')
    const list = await field.getAttribute('list')
    expect(await person.page.locator(`#${list} option`).count()).toBeGreaterThan(10)
    await walk(person, PRIYA)
    expect((await person.tokens()).claims.trn).toBe('1000008')
  })
})
