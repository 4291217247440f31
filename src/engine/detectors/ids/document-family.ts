import { isRepeated } from '../../check-digits.ts';
import type { Detector, Language } from '../../detector.ts';
import { governmentId, shapedDetector } from '../../shaped-detector.ts';
import { idContext } from './id-context.ts';

/** A country's passport or licence: no public check digit, so its name must stand beside it. */
export interface DocumentRow {
  /** ISO 3166-1 alpha-2 code, small. */
  country: string;
  /** As in "Austrian passport". */
  adjective: string;
  forms: readonly string[];
  /** What the document is called at home. */
  words: Partial<Record<Language, readonly string[]>>;
}

/** What the documents of a family have in common. */
export interface DocumentFamily {
  /** The id of a row's detector is the country and this. */
  suffix: string;
  /** In English, as in "Austrian passport"; the first one is used in examples. */
  nouns: readonly string[];
  sources: readonly string[];
}

const digits = '4820917305826194';
const letters = 'KTRBXWNPHC';

/** Makes a detector for each row. Its examples are made from the forms. */
export function documentDetectors(
  { suffix, nouns, sources }: DocumentFamily,
  rows: readonly DocumentRow[],
): Detector[] {
  return rows.map(({ country, adjective, forms, words }) => {
    const english = nouns.map((noun) => `${adjective.toLowerCase()} ${noun}`);
    const own = [...english, ...(words.en ?? [])];
    const [name = ''] = english;
    const [first = ''] = forms;
    const home = Object.values(words)[0]?.[0] ?? name;
    const value = (turn: number): string => sampleOf(forms[turn % forms.length] ?? first, turn);
    return shapedDetector({
      id: `${country}_${suffix}`,
      category: 'identity',
      weight: 0.4,
      specificity: 42,
      floor: governmentId,
      shapes: forms.map((form) => ({ name: form, form, base: /A/.test(form) ? 0.08 : 0.03 })),
      check: (compact) => (isRepeated(compact.replace(/[A-Z]/g, '')) ? undefined : {}),
      sources,
      context: idContext({ ...words, en: own }),
      hits: [
        `${name}: [${value(0)}]`,
        `${home} [${value(1)}]`,
        `{"note":"${name} [${value(2)}]"}`,
        `name,${name}\nx,[${value(3)}]\n`,
        `Her ${name} no. [${value(4)}] is valid.`,
      ],
      misses: [
        `${name}: ${value(0)}55555555`,
        `${name}: X-${value(1)}`,
        `item ${value(2)} is in stock`,
        `serial number ${value(3)}`,
        `${name}: ${value(4).replace(/\d/g, '0')}`,
      ],
    });
  });
}

/** Writes a value of a form; `turn` makes it another one. */
function sampleOf(form: string, turn: number): string {
  let text = '';
  let at = turn;
  const expanded = form.replace(/(.)\{(\d+)(?:,\d+)?\}/g, (_, char: string, count: string) =>
    char.repeat(Number(count)),
  );
  for (const char of expanded) {
    at++;
    if (char === 'A') text += letters[at % letters.length];
    else if (char === '9' || char === 'N') text += digits[at % digits.length];
    else text += char === 's' ? ' ' : char.toUpperCase();
  }
  return text;
}
