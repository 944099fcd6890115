// What a server counts itself, asked for on a connection that is there before the load: a busy server accepts others late.
import { Agent, get } from 'node:http'

export class Metrics {
  #agent = new Agent({ keepAlive: true, maxSockets: 1 })
  #url

  /** @param {string} url */
  constructor(url) {
    this.#url = url
  }

  /** @returns {Promise<number | null>} how many transactions were committed so far; null when the server does not count them */
  async commits() {
    const lines = (await this.#text()).split('\n').filter((line) => /^store_commits_total\b/.test(line))
    return lines.length ? lines.reduce((total, line) => total + Number(line.split(' ').pop()), 0) : null
  }

  end() {
    this.#agent.destroy()
  }

  #text() {
    return new Promise((resolve, reject) => {
      const read = (response) => {
        let text = ''
        response.setEncoding('utf8').on('data', (part) => (text += part))
        response.once('end', () => resolve(text)).once('error', reject)
      }
      get(this.#url, { agent: this.#agent }, read).once('error', reject)
    })
  }
}
