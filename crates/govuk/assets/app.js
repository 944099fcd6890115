// Progressive enhancement only: every page works without this file.
import { initAll } from '/assets/govuk-frontend.min.js'

initAll()

const marked = document.querySelectorAll('[data-accessible-autocomplete]')
if (marked.length > 0) {
  loadAutocomplete().then((autocomplete) => marked.forEach((field) => enhance(field, autocomplete)))
}

if ('PublicKeyCredential' in window && document.querySelector('[data-passkey], [data-needs-passkeys]')) {
  import('/assets/passkey.js').then(({ show }) => show())
}

// The library is a classic script of some size, and only a page with a long list needs it.
function loadAutocomplete () {
  return new Promise((resolve, reject) => {
    const script = document.createElement('script')
    script.src = '/assets/accessible-autocomplete.min.js'
    script.onload = () => resolve(window.accessibleAutocomplete)
    script.onerror = reject
    document.head.append(script)
  })
}

function enhance (field, autocomplete) {
  if (field instanceof HTMLSelectElement) {
    enhanceSelect(field, autocomplete)
  } else {
    enhanceInput(field, autocomplete)
  }
}

function enhanceSelect (select, autocomplete) {
  const { id } = select
  const describedBy = select.getAttribute('aria-describedby')
  autocomplete.enhanceSelectElement({
    selectElement: select,
    defaultValue: select.selectedOptions[0]?.value ? select.selectedOptions[0].text : '',
    showAllValues: true
  })
  describe(id, describedBy)

  // Text that names no option must not leave the option chosen before it in force.
  document.getElementById(id).addEventListener('blur', (event) => {
    const typed = event.target.value.trim().toLowerCase()
    const named = Array.from(select.options).find((option) => option.text.trim().toLowerCase() === typed)
    select.value = named ? named.value : ''
  })
}

// An input takes free text; the options of its <datalist> are only suggestions.
function enhanceInput (input, autocomplete) {
  const { id, name, value, list } = input
  const describedBy = input.getAttribute('aria-describedby')
  const inputClasses = input.classList.contains('govuk-input--error') ? 'govuk-input--error' : null
  const suggestions = Array.from(list?.options ?? [], (option) => option.value)
  const wrapper = document.createElement('div')
  input.replaceWith(wrapper)
  list?.remove()
  autocomplete({
    element: wrapper,
    id,
    name,
    defaultValue: value,
    inputClasses,
    source: suggestions,
    minLength: 2,
    confirmOnBlur: false,
    showNoOptionsFound: false
  })
  describe(id, describedBy)
  keepOpenUnderClicks(document.getElementById(id))
}

// The list closes when its box loses the focus, and the buttons below would jump away from under the click.
function keepOpenUnderClicks (input) {
  input.form?.addEventListener('mousedown', (event) => {
    if (event.target.closest('button')) event.preventDefault()
  })
}

// The library gives its input a description of its own and takes it away once the person types; the page's hint and
// error stay in front of it.
function describe (id, describedBy) {
  if (!describedBy) return
  const input = document.getElementById(id)
  const restore = () => {
    const now = input.getAttribute('aria-describedby') ?? ''
    if (!now.startsWith(describedBy)) input.setAttribute('aria-describedby', `${describedBy} ${now}`.trim())
  }
  restore()
  new MutationObserver(restore).observe(input, { attributeFilter: ['aria-describedby'] })
}
