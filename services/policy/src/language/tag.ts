/** What is wrong with a language tag that a policy writes (RFC 5646, section 2.1); undefined for one that is sound. */
export function tagProblem(tag: string): { message: string; hint: string } | undefined {
  if (langtag.test(tag)) return undefined
  return { message: `"${tag.slice(0, 60)}" is no language tag`, hint: 'such as en, pt-BR or zh-Hant' }
}

/** Language, script, region, variants, extensions, private use. */
const langtag =
  /^[a-z]{2,3}(?:-[a-z]{3}){0,3}(?:-[a-z]{4})?(?:-(?:[a-z]{2}|\d{3}))?(?:-(?:[a-z\d]{5,8}|\d[a-z\d]{3}))*(?:-[a-wyz\d](?:-[a-z\d]{2,8})+)*(?:-x(?:-[a-z\d]{1,8})+)?$/i

/** As RFC 5646, section 2.1.1, recommends: pt-BR, zh-Hant, whatever its case in the file. */
export function tagInCase(tag: string): string {
  let inExtension = false
  const parts = tag.split('-').map((part, index) => {
    if (index > 0 && part.length === 1) inExtension = true
    if (index > 0 && !inExtension && part.length === 2) return part.toUpperCase()
    if (index > 0 && !inExtension && /^[a-z]{4}$/i.test(part))
      return part.charAt(0).toUpperCase() + part.slice(1).toLowerCase()
    return part.toLowerCase()
  })
  return parts.join('-')
}
