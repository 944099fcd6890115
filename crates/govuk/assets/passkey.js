// Passkeys need a script: it asks for a challenge, lets the device answer it, and submits the answer as a form. Whatever
// comes of it, the words are those of the page that follows.

// Whatever is only of use in a browser that knows passkeys is hidden until here.
export function show () {
  document.querySelectorAll('[data-needs-passkeys]').forEach((part) => (part.hidden = false))
  document.querySelectorAll('form[data-passkey]').forEach((form) => {
    form.hidden = false
    form.addEventListener('submit', (event) => {
      event.preventDefault()
      submit(form)
    })
  })
}

const busy = new Set()

async function submit (form) {
  if (busy.has(form)) return
  busy.add(form)
  const { ceremony, credential, failed } = form.elements
  for (const field of [ceremony, credential, failed]) field.value = ''
  try {
    const given = await challenge(form)
    ceremony.value = given.ceremony ?? ''
    failed.value = given.failed ?? ''
    if (given.options) credential.value = JSON.stringify(await answer(form.dataset.passkey, given.options))
  } catch (error) {
    failed.value = REASONS[error.name] ?? 'other'
  }
  busy.delete(form)
  form.submit()
}

// A device does not say whether nobody touched it, or it has nothing to show.
const REASONS = { AbortError: 'cancelled', InvalidStateError: 'existing', NotAllowedError: 'cancelled' }

async function challenge (form) {
  const body = new URLSearchParams(new FormData(form))
  const response = await fetch(form.dataset.challenge, { method: 'POST', body })
  return response.json()
}

async function answer (ceremony, { publicKey }) {
  publicKey.challenge = bytes(publicKey.challenge)
  if (publicKey.user) publicKey.user.id = bytes(publicKey.user.id)
  for (const key of [...publicKey.excludeCredentials ?? [], ...publicKey.allowCredentials ?? []]) key.id = bytes(key.id)
  const { id, rawId, type, response } = await navigator.credentials[ceremony]({ publicKey })
  const parts = ['clientDataJSON', 'attestationObject', 'authenticatorData', 'signature', 'userHandle']
  const said = parts.filter((part) => response[part]).map((part) => [part, base64url(response[part])])
  return { id, rawId: base64url(rawId), type, response: Object.fromEntries(said) }
}

function bytes (text) {
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'))
  return Uint8Array.from(binary, (character) => character.charCodeAt(0))
}

function base64url (buffer) {
  const binary = String.fromCharCode(...new Uint8Array(buffer))
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}
