// docs/performance.md: what stands between two comments of one name is written anew, and nothing else.

/** @param {string} text @param {Record<string, string>} sections by name */
export function withSections(text, sections) {
  let told = text
  for (const [name, section] of Object.entries(sections)) {
    const block = new RegExp(`(<!-- ${name} -->\n)[^]*?(<!-- /${name} -->)`)
    if (!block.test(told)) throw new Error(`the document has no place for "${name}"`)
    told = told.replace(block, (_, opening, closing) => `${opening}\n${section}\n\n${closing}`)
  }
  return told
}
