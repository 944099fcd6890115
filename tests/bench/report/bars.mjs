// Horizontal bars as SVG: a label, a bar, and its figure in words, so that nobody has to measure anything.

const WIDTH = 860
const LABEL = 350
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
  const scale = longest > 0 ? (WIDTH - LABEL - FIGURE - 16) / longest : 0
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" aria-labelledby="title description">
<title id="title">${escaped(title)}</title>
<desc id="description">${escaped(description)} ${escaped(bars.map(({ label, text }) => `${label}: ${text}`).join('; '))}.</desc>
<rect width="${WIDTH}" height="${height}" fill="#ffffff"/>
<g font-family="Arial, sans-serif" font-size="15" fill="#0b0c0c">
<text x="16" y="24" font-size="18" font-weight="bold">${escaped(title)}</text>
<text x="16" y="43" font-size="13" fill="#505a5f">${escaped(unit)}</text>
${bars.map((bar, at) => row(bar, TOP + at * ROW, scale)).join('\n')}
</g>
</svg>
`
}

function row({ label, value, text, kind }, top, scale) {
  const length = Math.max(1, Math.round(value * scale))
  const middle = top + 20
  return `<text x="${LABEL - 8}" y="${middle}" text-anchor="end">${escaped(label)}</text>
<rect x="${LABEL}" y="${top + 4}" width="${length}" height="${ROW - 8}" fill="${COLOURS[kind]}"/>
<text x="${LABEL + length + 8}" y="${middle}">${escaped(text)}</text>`
}

function escaped(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}
