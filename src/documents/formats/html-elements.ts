/** Elements that stand in lines of their own (HTML Living Standard, section 15.3). */
const blocks = new Set(
  `address article aside blockquote body br button caption center dd details dialog dir div dl dt
  fieldset figcaption figure footer form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html
  iframe legend li link main menu meta nav noscript object ol optgroup option p plaintext pre
  script search section select style summary table tbody template textarea tfoot thead title ul
  video xmp`.split(/\s+/),
);

export function isBlock(tag: string): boolean {
  return blocks.has(tag);
}

export function isCell(tag: string): boolean {
  return tag === 'td' || tag === 'th';
}
