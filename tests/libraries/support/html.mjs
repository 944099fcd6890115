// As much of HTML as the pages of the provider and of the services need.

const NAMED = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

/** Text as it is read, from text as it is written in HTML. */
export function text(html) {
  return html.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (whole, hex, decimal, name) => {
    if (hex) return String.fromCodePoint(parseInt(hex, 16))
    if (decimal) return String.fromCodePoint(Number(decimal))
    return NAMED[name] ?? whole
  })
}

function attributes(tag) {
  const found = tag.matchAll(/([\w-]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+)))?/g)
  return Object.fromEntries(Array.from(found, ([, name, ...values]) => [name.toLowerCase(), text(values.find((value) => value !== undefined) ?? '')]))
}

/** What a reader sees of a page. */
export function readable(html) {
  const body = html.replace(/<head>[^]*?<\/head>|<(script|style|svg)\b[^]*?<\/\1>/g, '').replace(/<[^>]*>/g, ' ')
  return text(body.replace(/\s+/g, ' ')).trim()
}

export function links(html) {
  return Array.from(html.matchAll(/<a\b([^>]*)>([^]*?)<\/a>/g), ([, tag, label]) => ({ name: readable(label), href: attributes(tag).href ?? '' }))
}

/** The buttons of all forms: each with what its form sends if nobody fills anything in. */
export function buttons(html) {
  return Array.from(html.matchAll(/<form\b([^>]*)>([^]*?)<\/form>/g)).flatMap(([, form, inside]) => {
    const { action = '', method = 'get' } = attributes(form)
    const fields = filledIn(inside)
    const written = Array.from(inside.matchAll(/<button\b([^>]*)>([^]*?)<\/button>/g), ([, tag, label]) => [attributes(tag), readable(label)])
    const inputs = Array.from(inside.matchAll(/<input\b([^>]*type="submit"[^>]*)>/g), ([, tag]) => [attributes(tag), attributes(tag).value])
    return [...written, ...inputs].map(([own, name]) => ({
      name,
      action: own.formaction ?? action,
      method: method.toLowerCase(),
      fields: own.name ? { ...fields, [own.name]: own.value ?? '' } : fields
    }))
  })
}

function filledIn(inside) {
  const inputs = Array.from(inside.matchAll(/<input\b([^>]*)>/g), ([, tag]) => attributes(tag))
  const sent = inputs.filter(({ name, type, checked }) => name && type !== 'submit' && (!['radio', 'checkbox'].includes(type) || checked !== undefined))
  return Object.fromEntries(sent.map(({ name, value = '' }) => [name, value]))
}
