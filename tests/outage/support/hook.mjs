// A relying service that hears webhooks, and believes none whose signatures are not right.
import { createHmac } from 'node:crypto'
import { createServer } from 'node:http'

export class Hook {
  /** What it was told, and by which id. @type {{ id: string, body: string }[]} */
  told = []
  url = ''
  #server

  /** @param {string} secret */
  static start(secret) {
    const hook = new Hook()
    return new Promise((resolve, reject) => {
      hook.#server = createServer(async (request, response) => {
        const parts = []
        for await (const part of request) parts.push(part)
        const body = Buffer.concat(parts).toString()
        const is = believes(request.headers, body, secret)
        if (is) hook.told.push({ id: String(request.headers['webhook-id']), body })
        response.writeHead(is ? 204 : 400).end()
      })
      hook.#server.once('error', reject).listen(0, '127.0.0.1', () => {
        hook.url = `http://127.0.0.1:${hook.#server.address().port}/hook`
        resolve(hook)
      })
    })
  }

  end() {
    this.#server.closeAllConnections()
    this.#server.close()
  }
}

function believes(headers, body, secret) {
  const hub = createHmac('sha256', secret).update(body).digest('hex').toUpperCase()
  return headers['x-hub-signature-256'] === hub && headers['x-teacheridentity-notificationid'] === headers['webhook-id']
}
