// People of data/sample-records.csv, by what they type on each page.
import { expect } from '@playwright/test'


const code = 'email-code'

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

/** Matched only by the training provider: the longest way. @type {Persona} */
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
    way.push(path)
    await step(person, persona)
  }
  return way
}

/** Answers the page that the person is on. */
export async function step(person, persona) {
  if (person.path === code) return person.typesTheCode(persona.email.email)
  if (person.path === 'check-answers') return person.presses('Continue')
  const fields = persona[person.path]
  if (!fields) throw new Error(`nobody expects to be asked for ${person.path}`)
  return person.answers(fields)
}
