// A device that keeps passkeys, as Chromium simulates one (the domain WebAuthn of the DevTools protocol).

export class Device {
  /** The device at which this person sits. It unlocks itself whenever it is asked to. @param {import('./person.js').Person} person */
  static async of(person) {
    const device = new Device(await person.page.context().newCDPSession(person.page))
    await device.#devtools.send('WebAuthn.enable')
    const { authenticatorId } = await device.#devtools.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        transport: 'internal',
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true
      }
    })
    device.#id = authenticatorId
    return device
  }

  #devtools
  #id = ''

  constructor(devtools) {
    this.#devtools = devtools
  }

  /** Does it know the finger that touches it? */
  knowsTheFinger = (known) => this.#tells('setUserVerified', { isUserVerified: known })

  /** How many passkeys are on it. */
  async passkeys() {
    const { credentials } = await this.#tells('getCredentials')
    return credentials.length
  }

  /** Its passkeys go on counting from here: somebody else has copied and used them. */
  async isCopied(signCount) {
    const { credentials } = await this.#tells('getCredentials')
    await this.#tells('clearCredentials')
    for (const credential of credentials) {
      await this.#tells('addCredential', { credential: { ...credential, signCount } })
    }
  }

  #tells(command, more = {}) {
    return this.#devtools.send(`WebAuthn.${command}`, { authenticatorId: this.#id, ...more })
  }
}
