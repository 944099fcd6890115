// People of data/sample-records.csv, by what they type on each page.
import { expect } from '@playwright/test'

/** @typedef {Record<string, Record<string, string>>} Persona */

/** Matched on name, date of birth and email. @type {Persona} */
export const ASHA = {
  email: { email: 'asha.okonkwo-bennett@example.com' },
  'official-name': { first_name: 'Asha', last_name: 'Okonkwo-Bennett', has_previous_name: 'no' },
  'preferred-name': {},
  'date-of-birth': dateOfBirth('12', '4', '1987')
}

/** Matched only after the NINO, since the record has another email. @type {Persona} */
export const GARETH = {
  email: { email: 'gareth.oconnell@example.com' },
  'official-name': { first_name: 'Gareth', last_name: 'O’Connell', has_previous_name: 'prefer_not_to_say' },
  'preferred-name': { preferred_name: 'Gaz' },
  'date-of-birth': dateOfBirth('3', 'November', '1979'),
  'has-nino': { has_nino: 'yes' },
  nino: { nino: 'yz 10 00 02 b' }
}

/** Not matched at all. @type {Persona} */
export const MORGAN = {
  email: { email: 'morgan.newcombe@example.com' },
  'official-name': { first_name: 'Morgan', last_name: 'Newcombe', has_previous_name: 'no' },
  'preferred-name': {},
  'date-of-birth': dateOfBirth('17', '8', '1991'),
  'has-nino': { has_nino: 'yes' },
  nino: { nino: 'YZ 99 99 99 D' },
  'has-trn': { has_trn: 'no' },
  'has-qts': { has_qts: 'no' }
}

/** Found only by the TRN, which he types as on an old letter. @type {Persona} */
export const TOMASZ = {
  email: { email: 'tomasz.wojcik@example.com' },
  'official-name': { first_name: 'Tomasz', last_name: 'Wojcik', has_previous_name: 'no' },
  'preferred-name': {},
  'date-of-birth': dateOfBirth('21', '9', '1982'),
  'has-nino': { has_nino: 'no' },
  'has-trn': { has_trn: 'yes' },
  trn: { trn: 'RP10/00007' },
  'has-qts': { has_qts: 'no' }
}

/** Matched only by the training provider, and then told the TRN of which she did not know: the longest way. @type {Persona} */
export const PRIYA = {
  email: { email: 'priya.dsouza@example.org' },
  'official-name': { first_name: 'Priya', last_name: 'D’Souza', has_previous_name: 'no' },
  'preferred-name': {},
  'date-of-birth': dateOfBirth('5', '12', '1998'),
  'has-nino': { has_nino: 'no' },
  'has-trn': { has_trn: 'no' },
  'has-qts': { has_qts: 'yes' },
  'has-provider': { has_provider: 'yes' },
  provider: { provider: 'South Downs Maths & Physics SCITT' }
}

/** An open prohibition is on his record. @type {Persona} */
export const VICTOR = {
  email: { email: 'victor.hargreave@example.com' },
  'official-name': { first_name: 'Victor', last_name: 'Hargreave', has_previous_name: 'no' },
  'preferred-name': {},
  'date-of-birth': dateOfBirth('8', '5', '1971')
}

/** Two records are hers. @type {Persona} */
export const FIONA = {
  email: { email: 'fiona.macleod@example.com' },
  'official-name': { first_name: 'Fiona', last_name: 'MacLeod', has_previous_name: 'no' },
  'preferred-name': {},
  'date-of-birth': dateOfBirth('25', '1', '1988'),
  'has-nino': { has_nino: 'yes' },
  nino: { nino: 'YZ 10 00 10 B' },
  'has-trn': { has_trn: 'no' },
  'has-qts': { has_qts: 'yes' },
  'has-provider': { has_provider: 'yes' },
  provider: { provider: 'The Open University' }
}

/** What he knows is the TRN of a record that was merged into another. @type {Persona} */
export const DANIEL = {
  email: { email: 'daniel.vanderberg@example.com' },
  'official-name': { first_name: 'Daniel', last_name: 'van der Berg', has_previous_name: 'no' },
  'preferred-name': {},
  'date-of-birth': dateOfBirth('2', '10', '1984'),
  'has-nino': { has_nino: 'no' },
  'has-trn': { has_trn: 'yes' },
  trn: { trn: '1000012' },
  'has-qts': { has_qts: 'no' }
}

/** His record is not active, however much agrees with it. @type {Persona} */
export const COLIN = {
  email: { email: 'colin.ashworth@example.org' },
  'official-name': { first_name: 'Colin', last_name: 'Ashworth', has_previous_name: 'no' },
  'preferred-name': {},
  'date-of-birth': dateOfBirth('11', '7', '1953'),
  'has-nino': { has_nino: 'yes' },
  nino: { nino: 'YZ 10 00 14 D' },
  'has-trn': { has_trn: 'yes' },
  trn: { trn: '1000014' },
  'has-qts': { has_qts: 'no' }
}

/** Three agree with her record, which does not say that she has QTS. @type {Persona} */
export const BEATRIZ = {
  email: { email: 'beatriz.dasilva@example.com' },
  'official-name': { first_name: 'Beatriz', last_name: 'da Silva', has_previous_name: 'no' },
  'preferred-name': {},
  'date-of-birth': dateOfBirth('9', '9', '2001'),
  'has-qts': { has_qts: 'yes' },
  'has-provider': { has_provider: 'yes' },
  provider: { provider: 'Thames Reach, Southwark & Lambeth SCITT' }
}

/** Somebody of whom nothing is on record, and who answers every question. @type {Persona} */
export const SAM = {
  email: { email: 'sam.nowhere@example.com' },
  'official-name': {
    first_name: 'Sam',
    middle_name: '',
    last_name: 'Nowhere',
    has_previous_name: 'yes',
    previous_first_name: '',
    previous_last_name: 'Elsewhere'
  },
  'preferred-name': { preferred_name: 'Sam' },
  'date-of-birth': dateOfBirth('1', '1', '1990'),
  'has-nino': { has_nino: 'yes' },
  nino: { nino: 'YZ 99 99 98 D' },
  'has-trn': { has_trn: 'yes' },
  trn: { trn: '9999999' },
  'has-qts': { has_qts: 'yes' },
  'has-provider': { has_provider: 'yes' },
  provider: { provider: 'University of Nowhere' }
}

/** Her record has the name that she took since. @type {Persona} */
export const JANE = {
  email: { email: 'jane.taylor@example.org' },
  'official-name': { first_name: 'Jane', last_name: 'Smith', has_previous_name: 'no' },
  'preferred-name': {},
  'date-of-birth': dateOfBirth('30', '6', '1990')
}

export function dateOfBirth(day, month, year) {
  return { 'date_of_birth-day': day, 'date_of_birth-month': month, 'date_of_birth-year': year }
}

/**
 * Answers page after page as the persona does, up to a page or to the end, and gives the pages on the way.
 * @param {import('./person.js').Person} person @param {Persona} persona
 */
export async function walk(person, persona, upTo = '') {
  const way = []
  while (person.page.url().includes('/sign-in/') && person.path !== upTo) {
    const { path } = person
    expect(way, 'no page comes twice').not.toContain(path)
    if (!AROUND.includes(path)) way.push(path)
    await step(person, persona)
  }
  return way
}

/** Pages before and after the questions, which depend on the service alone. */
const AROUND = ['start', 'finished']

/** Pages that ask for nothing but to go on, by their button. */
const NOTHING_ASKED = {
  'account-exists': 'Sign in',
  'check-answers': 'Continue',
  'no-match': 'Continue without a match',
  'your-trn': 'Continue',
  'your-details': /^Continue to /,
  'record-differs': 'Continue',
  elevate: 'Continue'
}

/** Answers the page that the person is on. */
export async function step(person, persona) {
  if (person.path === 'start') return person.answers({ intent: 'create' })
  if (person.path === 'email-code') return person.typesTheCode(persona.email.email)
  if (person.path === 'mobile') return person.givesAMobile(persona.mobile)
  if (person.path === 'mobile-code') return person.typesTheCode(person.mobile)
  if (person.path === 'existing-account') return person.answers({ account: 'none' })
  if (person.path === 'finished') return person.goesOnWithTheNewAccount()
  if (person.path in NOTHING_ASKED) return person.presses(NOTHING_ASKED[person.path])
  const fields = persona[person.path]
  if (!fields) throw new Error(`nobody expects to be asked for ${person.path}`)
  return person.answers(fields)
}
