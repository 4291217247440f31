/** What a form of an address needs among the words around the number, as bits. */
export const streetHint = {
  leading: 1,
  ending: 2,
  trailing: 4,
  type: 8,
  postBox: 16,
  /** Another number behind the words. */
  number: 32,
  /** Another number without a month before it. */
  noDate: 64,
} as const;

/** Street types of English-speaking countries (USPS Publication 28, appendix C1, and usual ones). */
const englishTypes = `street st road rd avenue ave av lane ln drive dr boulevard blvd court ct place pl
square sq way terrace ter close crescent cres parkway pkwy highway hwy circle cir trail trl row walk
gardens grove grv mews loop run ridge path plaza plz alley aly bend branch bridge brook bypass canyon
causeway center cove creek crossing dale estate estates expressway extension extensions falls ferry
field fields flat flats ford forest forge fork fort freeway garden gateway glen glens green greens
harbor harbors haven heights hill hills hollow inlet island isle junction key keys knoll knolls lake
lakes landing light lights lock locks lodge manor manors meadow meadows mill mills mission motorway
mount mountain neck orchard oval overpass park parks pass passage pike pine pines plain plains point
points port ports prairie radial ramp ranch rapid rapids rest rue shoal shoals shore shores skyway
spring springs spur spurs squares station stravenue stream summit throughway trace track trafficway
tunnel turnpike underpass union unions valley valleys via viaduct view views village villages ville
vista walks wall ways well wells`;

/** Types that English text uses for little else behind a name. */
const firmTypes = `street st road rd avenue ave lane ln drive dr boulevard blvd court ct place terrace
crescent parkway pkwy highway hwy circle cir trail mews square sq way`;

/** Types in front of the name: French, Italian, Spanish, Catalan, Portuguese, Polish, Croatian. */
const leadingTypes = `rue avenue av\\. av bd\\. bd boulevard place allée allee chemin impasse quai route
cours passage cité cite ruelle sentier via viale piazza piazzale corso largo vicolo strada lungomare
calle c/ avenida avda\\. avda plaza paseo carrera camino ronda travesía glorieta callejón carretera
carrer rua travessa praça alameda estrada rodovia ul\\. ul ulica al\\. aleja pl\\. plac os\\. osiedle
trg ulice nám\\. náměstí`;

/** Endings of street names in one word: German, Dutch, Nordic, Finnish, Icelandic. */
const endings = `straße strasse str\\. gasse allee platz chaussee damm ufer weg steig promenade markt
straat laan plein gracht singel dreef kade dijk steeg weide
gatan vägen gränd torget gata gaten veien vegen vei gade vej stræde allé
katu kuja polku tori kaari tie vegur stígur braut götu holt vík`;

/** Street types behind the name in two words: Hungarian, Czech, Turkish, Basque, German, Dutch. */
const trailingTypes = `utca út útja u\\. tér tere körút köz sor ulica ulice cesta třída náměstí trg
caddesi sokak sokağı bulvarı kalea enparantza straße strasse str\\. weg platz allee straat laan plein`;

const alternatives = (list: string): string =>
  list
    .split(/\s+/)
    .sort((a, b) => b.length - a.length)
    .join('|');

/** Small words inside the name of a street, or behind its number. */
export const smallNameWords: readonly string[] =
  'de la los las le les du des del della dello dei di da do dos das van von den der het ter of the y e et i zum zur am an im auf na u s l d el bis'.split(
    ' ',
  );

const capital = "\\p{Lu}[\\p{L}\\p{M}'’.-]{0,30}";
const small =
  '(?:de la|de los|de las|de|la|le|les|du|des|del|della|dello|dei|di|da|do|dos|das|van|von|den|der|het|ter|of|the|y|e|et|i|zum|zur|am|an|im|auf|na|u|s) ';
const name = `(?:(?:${small}){0,2}(?:l'|d'|L'|D'|el-)?${capital}|\\d{1,3}(?:st|nd|rd|th|er))`;
const number = '\\d{1,5}(?:[-–/]\\d{1,4})?(?: ?[A-Za-z])?(?: bis| ter)?';
const lastNumber = '\\d{1,4}(?:[-–/]\\d{1,4})?(?: ?[A-Za-z])?(?: bis| ter)?';
const direction =
  '(?:[NSEW]|NE|NW|SE|SW|North|South|East|West|Northeast|Northwest|Southeast|Southwest)\\.?';

const start = (source: string): RegExp => new RegExp(`^${source}(?![\\p{L}\\p{M}\\d_])`, 'u');
const end = (source: string): RegExp => new RegExp(`(?<![\\p{L}\\p{M}\\d_.-])${source}$`, 'u');
const anyCase = (list: string): string =>
  `(?:${alternatives(list)}|${alternatives(list.replace(/(^|\s)\p{Ll}/gu, (text) => text.toUpperCase()))}|${alternatives(list.toUpperCase())})`;

/** One way an address starts at its number, matched against the text from the number on. */
export interface AddressForm {
  readonly pattern: string;
  readonly form: RegExp;
  readonly base: number;
  /** What must be among the words beside the number, as bits of `streetHint`. */
  readonly needs: number;
  /** What the word before the number must be for the form to be worth trying. */
  readonly hint?: RegExp;
}

/** Whether a word in small letters may stand in front of a street's name. */
export function isLeadingType(small: string): boolean {
  return leadingNames.has(small);
}

/** How the types that stand in front begin, two letters each, as forms have them. */
export const leadingTypeStarts: readonly string[] = [
  ...new Set(leadingTypes.split(/\s+/).map((type) => type.slice(0, 2).replace(/[^\0-\x7f]/, 'L'))),
];

const leadingNames: ReadonlySet<string> = new Set(leadingTypes.replaceAll('\\.', '.').split(/\s+/));

const listOf = (list: string): readonly string[] => list.replaceAll('\\.', '.').split(/\s+/);

/** All words and endings that the forms look for. */
export const streetWords = {
  leading: listOf(leadingTypes),
  trailing: listOf(trailingTypes),
  types: listOf(`${englishTypes} ${firmTypes}`),
  endings: listOf(endings),
} as const;

/** Forms that start with the house number, the surer ones first. */
export const numberFirst: readonly AddressForm[] = [
  {
    pattern: 'number, leading street type, number',
    needs: streetHint.leading | streetHint.number,
    form: start(`\\d{1,5},? ${anyCase(leadingTypes)} ${name}(?: ${name}){0,4},? ${lastNumber}`),
    base: 0.75,
  },
  {
    pattern: 'number, leading street type',
    needs: streetHint.leading,
    form: start(`${number},? ${anyCase(leadingTypes)} ${name}(?: ${name}){0,4}`),
    base: 0.65,
  },
  {
    pattern: 'number, street in one word, number',
    needs: streetHint.ending | streetHint.number,
    form: start(
      `\\d{1,5} (?:${name} ){0,2}\\p{Lu}[\\p{L}\\p{M}-]{2,30}(?:${alternatives(endings)})(?: \\p{Lu}\\.?)? ${lastNumber}`,
    ),
    base: 0.75,
  },
  {
    pattern: 'number, trailing street type, number',
    needs: streetHint.trailing | streetHint.number,
    form: start(
      `\\d{1,5} ${name}(?: ${name}){0,2} (?:${alternatives(trailingTypes)}) ${number}\\.?`,
    ),
    base: 0.75,
  },
  {
    pattern: 'number, street type',
    needs: streetHint.type,
    form: start(
      `${number},? (?:${direction} )?(?:${name} ){1,4}${anyCase(firmTypes)}\\.?(?: ${direction}(?= |,|$|\\n))?`,
    ),
    base: 0.6,
  },
  {
    pattern: 'number, rare street type',
    needs: streetHint.type,
    form: start(`${number} (?:${direction} )?(?:${name} ){1,3}${anyCase(englishTypes)}`),
    base: 0.3,
  },
  {
    pattern: 'number, name, number',
    needs: streetHint.noDate,
    form: start(`\\d{1,5} ${name}(?: ${name}){0,4} ${lastNumber}`),
    base: 0.28,
  },
];

/** Forms that end with the house number, matched against the text up to the number's end. */
export const numberLast: readonly AddressForm[] = [
  {
    pattern: 'street in one word, number',
    needs: streetHint.ending,
    hint: new RegExp(`(?:${alternatives(endings)})$`, 'u'),
    form: end(
      `(?:\\p{Lu}[\\p{L}\\p{M}.-]{1,30} ){0,2}\\p{Lu}[\\p{L}\\p{M}-]{2,30}(?:${alternatives(endings)}) ?${number}`,
    ),
    base: 0.6,
  },
  {
    pattern: 'leading street type, number',
    needs: streetHint.leading,
    form: end(`${anyCase(leadingTypes)} ${name}(?: ${name}){0,4},? (?:n[.º°o]{1,2} ?)?${number}`),
    base: 0.6,
  },
  {
    pattern: 'trailing street type, number',
    needs: streetHint.trailing,
    hint: new RegExp(`^(?:${alternatives(trailingTypes)})$`, 'u'),
    form: end(`${name}(?: ${name}){0,2} (?:${alternatives(trailingTypes)}) ${number}`),
    base: 0.6,
  },
  {
    pattern: 'post box',
    needs: streetHint.postBox,
    hint: /^(?:box|po|postbox|postfach|postbus|postale?|b?\.?p\.?|apartado|correos|pocztowa|psc|unit)$/i,
    form: end(
      `(?:P\\.? ?O\\.? ?Box|PO BOX|Post Office Box|p\\.o\\. box|Postbox|Postfach|Postbus|Boîte postale|B\\.?P\\.?|Apartado(?: de correos)?|Casella postale|Caixa postal|Skrytka pocztowa|Box|PSC|Unit)[ :]{1,2}\\d{1,6}`,
    ),
    base: 0.55,
  },
];
