import { isAsciiLetter, isLetterOrDigit } from '../../byte-classes.ts';
import { byteAt, type Detector, type Match, type TextWindow } from '../../detector.ts';

const bases = { withCountry: 0.35, beforeName: 0.15, digits: 0.05 } as const;

/**
 * German postal codes: five digits from 01001 to 99998 (Deutsche Post). Any five digits have the
 * form, so only context makes one count.
 */
export const dePlz: Detector = {
  id: 'de_plz',
  category: 'contact',
  weight: 0.02,
  specificity: 8,
  anchors: { forms: [{ form: '9{5}', base: bases.withCountry, isStart: true, behind: 'break' }] },
  find: findPlz,
  normalise: (value) => value,
  mask: (value) => `${value.slice(0, 1)}****`,
  heedsExampleWords: true,
  sources: ['https://www.deutschepost.de/de/p/plz.html'],
  context: [
    {
      effect: 0.75,
      words: { de: ['plz', 'postleitzahl', 'postleitzahlen', 'leitzahl'] },
    },
    {
      effect: 0.45,
      words: {
        de: [
          'anschrift',
          'adresse',
          'wohnhaft',
          'wohnort',
          'ort',
          'stadt',
          'straße',
          'str',
          'hausnummer',
          'lieferadresse',
          'rechnungsadresse',
          'postanschrift',
          'bundesland',
          'gemeinde',
        ],
      },
    },
    {
      effect: -0.6,
      words: {
        en: ['port', 'order', 'price', 'amount', 'id', 'zip'],
        de: [
          'postfach',
          'kundennummer',
          'bestellung',
          'rechnung',
          'betrag',
          'euro',
          'eur',
          'artikel',
        ],
      },
    },
  ],
  hits: [
    { text: 'PLZ: 50667', values: ['50667'] },
    { text: 'Postleitzahl 80331 München', values: ['80331'] },
    { text: 'name;plz;ort\nBo;04109;Leipzig\n', values: ['04109'] },
    { text: '{"plz": "20095"}', values: ['20095'] },
    { text: 'Anschrift: D-70173 Stuttgart', values: ['70173'] },
  ],
  misses: [
    'PLZ 00000 or 99999 or 00999',
    'Postleitzahl 506671 and 5066',
    'there were 50667 of them',
    'PLZ: A50667, 50667x, 50.667',
    'Kundennummer 50667',
    'port 50667 in Adresse',
  ],
};

function findPlz(window: TextWindow, start: number, end: number): Match | undefined {
  const code = digitsOf(window, start);
  if (code < 1_001 || code > 99_998) return undefined;
  const before = byteAt(window, start - 1);
  const hasCountry = before === 0x2d && (byteAt(window, start - 2) | 0x20) === 0x64;
  if (isLetterOrDigit(before) || '_.,#$/+'.includes(String.fromCharCode(before || 0x20)))
    return undefined;
  if (before === 0x2d && !hasCountry) return undefined;
  const after = byteAt(window, end);
  if (isLetterOrDigit(after) || '_-/%$'.includes(String.fromCharCode(after || 0x20)))
    return undefined;
  if ((after === 0x2e || after === 0x2c) && isLetterOrDigit(byteAt(window, end + 1)))
    return undefined;
  // A town behind it, with a capital, is how addresses go on.
  const isBeforeName = after === 0x20 && isCapital(byteAt(window, end + 1));
  return {
    start,
    end,
    pattern: hasCountry ? 'with country' : isBeforeName ? 'before a name' : 'five digits',
    validator: 'range:passed',
    base: hasCountry ? bases.withCountry : isBeforeName ? bases.beforeName : bases.digits,
  };
}

function digitsOf(window: TextWindow, start: number): number {
  let value = 0;
  for (let i = start; i < start + 5; i++) value = value * 10 + byteAt(window, i) - 48;
  return value;
}

function isCapital(byte: number): boolean {
  return isAsciiLetter(byte) && byte < 0x61;
}
