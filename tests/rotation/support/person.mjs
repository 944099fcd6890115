// Somebody who signs in once, and then leaves the service to it.
const ANSWERS = {
  'preferred-name': { preferred_name: 'Morgan' },
  'date-of-birth': { 'date_of_birth-day': '17', 'date_of_birth-month': '8', 'date_of_birth-year': '1991' },
  mobile: { without: 'true' },
  'check-answers': {}
}
const MOST_PAGES = 12

/** Somebody of this last name signs in at a server. Gives the address at which the browser is sent back to the service. */
export async function signsIn(url, authorize, lastName) {
  const email = `${lastName}@example.com`
  const answers = { 'official-name': { first_name: 'Morgan', last_name: lastName, has_previous_name: 'no' }, ...ANSWERS }
  const cookies = new Map()
  const asks = async (method, path, fields) => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const body = fields && new URLSearchParams(fields)
    const answer = await fetch(new URL(path, url), { method, headers: { cookie }, body, redirect: 'manual' })
    for (const set of answer.headers.getSetCookie()) {
      const [, name, value] = set.match(/^([^=]+)=([^;]*)/)
      cookies.set(name, value)
    }
    const location = answer.headers.get('location')
    if (location === null) throw new Error(`${path}: ${answer.status}`)
    return location
  }
  let place = await asks('GET', authorize)
  for (let page = 0; page < MOST_PAGES; page++) {
    if (new URL(place, url).origin !== new URL(url).origin) return place
    if (place.startsWith('/oauth2/') || place.split('/').length === 3) {
      place = await asks('GET', place)
      continue
    }
    const name = place.split('/').at(-1)
    if (name === 'email') place = await asks('POST', place, { email })
    else if (name === 'email-code') place = await asks('POST', place, { one_time_code: await code(url, email) })
    else if (name === 'finished') place = await asks('GET', `/oauth2/authorize/${place.split('/')[2]}`)
    else if (answers[name]) place = await asks('POST', place, answers[name])
    else throw new Error(`nobody expected the page ${name}`)
  }
  throw new Error('the journey does not end')
}

/** The code that was last sent to an address. */
async function code(url, to) {
  const [newest] = await (await fetch(`${url}/dev/outbox.json?to=${encodeURIComponent(to)}`)).json()
  return newest.one_time_code
}
