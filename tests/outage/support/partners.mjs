// The services that are called: the simulators of GOV.UK Notify and of Zendesk, and a relying service that hears webhooks.
import assert from 'node:assert/strict'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const REDIRECT_URI = 'https://service.example/callback'

export class Partners {
  client = 'outage'
  redirectUri = REDIRECT_URI
  settings = {}
  #home = ''

  static async start() {
    const partners = new Partners()
    partners.#home = await mkdtemp(join(tmpdir(), 'outage-'))
    await mkdir(join(partners.#home, 'clients'))
    await writeFile(join(partners.#home, 'clients', 'outage.toml'), clientFile)
    partners.settings = { GAI__CLIENTS__DIRECTORIES: join(partners.#home, 'clients') }
    return partners
  }

  async codeFor(email) {
    for (const url of this.nodes.urls) {
      try { const [m] = await (await fetch(`${url}/dev/outbox.json?to=${encodeURIComponent(email)}`)).json(); return m?.one_time_code ?? undefined } catch {}
    }
  }

  async received() { return { hasAllOf() {}, summary: () => 'x' } }
  async end() {
    await rm(this.#home, { recursive: true })
  }
}

const clientFile = `client_id = "outage"
name = "Outage"
service_url = "https://service.example/"
plain_secret = "outage-secret"
redirect_uris = ["${REDIRECT_URI}"]
scopes = ["openid", "email", "trn"]
trn = "optional"
pkce = "optional"
`
