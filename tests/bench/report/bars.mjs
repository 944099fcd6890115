// Horizontal bars as SVG: a label, a bar, and its figure in words, so that nobody has to measure anything.

const WIDTH = 860
/** More or less: who looks at it has a font of their own. */
const LETTER = 7.6
const FIGURE = 90
const ROW = 30
const TOP = 54
const COLOURS = { ours: '#1d70b8', theirs: '#b1b4b6', bare: '#ffdd00' }

/**
 * @param {{ title: string, description: string, unit: string, bars: { label: string, value: number, text: string, kind: 'ours' | 'theirs' | 'bare' }[] }} plot
 */
export function bars({ title, description, unit, bars }) {
  const height = TOP + bars.length * ROW + 16
  const longest = Math.max(...bars.map(({ value }) => value))
  const left = Math.round(24 + LETTER * Math.max(...bars.map(({ label }) => label.length)))
  const scale = longest > 0 ? (WIDTH - left - FIGURE) / longest : 0
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" aria-labelledby="title description">
<title id="title">${escaped(title)}</title>
<desc id="description">${escaped(description)} ${escaped(bars.map(({ label, text }) => `${label}: ${text}`).join('; '))}.</desc>
<rect width="${WIDTH}" height="${height}" fill="#ffffff"/>
<g font-family="Arial, sans-serif" font-size="15" fill="#0b0c0c">
<text x="16" y="24" font-size="18" font-weight="bold">${escaped(title)}</text>
<text x="16" y="43" font-size="13" fill="#505a5f">${escaped(unit)}</text>
${bars.map((bar, at) => row(bar, { left, top: TOP + at * ROW, scale })).join('\n')}
</g>
</svg>
`
}

function row({ label, value, text, kind }, { left, top, scale }) {
  const length = Math.max(1, Math.round(value * scale))
  const middle = top + 20
  return `<text x="${left - 8}" y="${middle}" text-anchor="end">${escaped(label)}</text>
<rect x="${left}" y="${top + 4}" width="${length}" height="${ROW - 8}" fill="${COLOURS[kind]}"/>
<text x="${left + length + 8}" y="${middle}">${escaped(text)}</text>`
}

function escaped(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}
