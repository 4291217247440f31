/** Fields that say nothing but where, when or how often something is (ISO/IEC 29500-1, 17.16.5). */
const plainFields =
  /^\s*(?:PAGE|NUMPAGES|NUMWORDS|SECTION|SECTIONPAGES|PAGEREF|REF|NOTEREF|SEQ|TOC|TOA|INDEX|DATE|TIME|STYLEREF|FORMTEXT|FORMCHECKBOX|FORMDROPDOWN)\b/i;

/** Whether a field's code names something of its own: the target of a link, a file, a query. */
export function isTellingField(code: string): boolean {
  return /\S\s+\S/.test(code) && !plainFields.test(code);
}
