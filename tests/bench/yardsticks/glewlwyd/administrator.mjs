// What glewlwyd's own pages ask of it, for an administrator and for a person.

export class Administrator {
  #api
  #cookie

  /** Glewlwyd comes with one, whose password is known. */
  static async signsIn(issuer) {
    const administrator = new Administrator()
    administrator.#api = issuer
    administrator.#cookie = (await signedIn(issuer, 'admin', 'password')).cookie
    return administrator
  }

  /** @param {string} kind a path of the API @param {object} what */
  adds(kind, what) {
    return asks(`${this.#api}/api/${kind}/`, 'POST', what, this.#cookie)
  }
}

/** A browser in which somebody has typed their password. */
export async function signedIn(issuer, username, password) {
  const answer = await asks(`${issuer}/api/auth/`, 'POST', { username, password })
  const cookie = answer.headers.getSetCookie()[0].split(';')[0]
  return {
    cookie,
    agrees: (client, scope) => asks(`${issuer}/api/auth/grant/${client}`, 'PUT', { scope }, cookie)
  }
}

async function asks(url, method, body, cookie = '') {
  const answer = await fetch(url, { method, headers: { 'content-type': 'application/json', cookie }, body: JSON.stringify(body) })
  const text = await answer.text()
  if (!answer.ok) throw new Error(`${method} ${url}: ${answer.status} ${text}`)
  return answer
}
