/** Two-letter codes of states, territories and military post (USPS Publication 28, appendix B). */
const stateCodes = `AL AK AS AZ AR CA CO CT DE DC FL GA GU HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT
NE NV NH NJ NM NY NC ND MP OH OK OR PA PR RI SC SD TN TX UT VT VA VI WA WV WI WY AA AE AP
AB BC MB NB NL NS NT NU ON PE QC SK YT ACT NSW QLD TAS VIC`;

const joint = '(?:,? ?\\n[ >?*]{0,6}|,? {1,2})';
const unit = `${joint}(?:Apt|Apartment|Suite|Ste|Unit|Floor|Fl|Room|Rm|Flat|Lot|Bldg|Building|Appt|Appartement|Étage|Piso|Interno|Int|Wohnung|Whg|Etage|APT|SUITE|UNIT|apt|suite)\\.? ?#?\\d{0,5}[A-Za-z]?\\d{0,4}|,? #\\d{1,5}[A-Za-z]?`;
const city =
  "(?:\\p{Lu}[\\p{L}\\p{M}'’.-]{1,30})(?: (?:\\p{Lu}[\\p{L}\\p{M}'’.-]{0,30}|de|la|del|am|an|der|sur|upon|on|do|di)){0,4}";
const state = `(?:${stateCodes.split(/\s+/).join('|')})`;

/** The unit behind a street line: `Apt. 4B`, `Suite 200`, `#12`. */
export const unitTail = new RegExp(`^(?:${unit})(?![\\p{L}\\d])`, 'u');

/** City, state and ZIP, or postcode and city, or city and British or Canadian postcode. */
export const cityTails: readonly RegExp[] = [
  new RegExp(`^${joint}${city}${joint}${state}\\.?${joint}\\d{5}(?:-\\d{4})?(?!\\d)`, 'u'),
  new RegExp(`^${joint}${city}${joint}${state}${joint}[A-Z]\\d[A-Z] ?\\d[A-Z]\\d(?![A-Z\\d])`, 'u'),
  new RegExp(
    `^${joint}${city}(?:${joint}${city})?${joint}[A-Z]{1,2}\\d[A-Z\\d]? ?\\d[A-Z]{2}(?![A-Z\\d])`,
    'u',
  ),
  new RegExp(
    `^${joint}(?:[A-Z]{1,2}-)?(?:\\d{4,5}|\\d{3} \\d{2}|\\d{4} ?[A-Z]{2}|\\d{2}-\\d{3}|\\d{4}-\\d{3}|\\d{5}-\\d{3}) ${city}`,
    'u',
  ),
  new RegExp(`^${joint}${city}(?: ${state})?${joint}\\d{4}(?!\\d)`, 'u'),
];

/** `Springfield, IL 62704` on its own, matched against the text up to the ZIP's end. */
export const cityStateZip = new RegExp(
  `(?<![\\p{L}\\p{M}\\d_.-])${city}, ${state} \\d{5}(?:-\\d{4})?$`,
  'u',
);
