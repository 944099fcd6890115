// Who registers: so different that nobody is asked whether they are somebody else.

/** The person of a number. Every second one states a TRN that no record has, so that support is asked. */
export function numbered(number) {
  const lastName = `O${inLetters(number)}sen`
  const statesTrn = number % 2 === 0
  const answers = {
    'official-name': { first_name: `A${inLetters(number * 7)}`, last_name: lastName, has_previous_name: 'no' },
    'preferred-name': { preferred_name: lastName },
    'date-of-birth': dateOfBirth(1 + (number % 28), 8, 1950 + (number % 50)),
    'has-trn': { has_trn: statesTrn ? 'yes' : 'no' },
    trn: { trn: `${8_000_000 + number}` }
  }
  return { email: `person${number}@example.com`, statesTrn, answers }
}

/** Of data/sample-records.csv: found by name, date of birth and email, as soon as the records answer. */
export const ASHA = {
  email: 'asha.okonkwo-bennett@example.com',
  answers: {
    'official-name': { first_name: 'Asha', last_name: 'Okonkwo-Bennett', has_previous_name: 'no' },
    'preferred-name': { preferred_name: 'Asha' },
    'date-of-birth': dateOfBirth(12, 4, 1987),
    'has-trn': { has_trn: 'no' }
  }
}

function dateOfBirth(day, month, year) {
  return { 'date_of_birth-day': `${day}`, 'date_of_birth-month': `${month}`, 'date_of_birth-year': `${year}` }
}

/** A number as a name has it: different numbers are different names. */
function inLetters(number) {
  const letters = 'abcdefghijklmnopqrstuvwxyz'
  let text = ''
  for (let rest = number + 26 * 26; rest > 0; rest = Math.floor(rest / 26)) text += letters[rest % 26]
  return text
}
