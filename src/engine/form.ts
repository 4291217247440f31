/**
 * What a form asks of one byte: a digit, an ASCII letter, either, a letter of any script, a capital one, what may
 * stand between groups of digits, or the given byte (a small letter stands for both cases). An
 * optional one may be left out.
 */
export interface FormPosition {
  readonly accepts: 'digit' | 'letter' | 'either' | 'wide' | 'capital' | 'joint' | number;
  readonly optional: boolean;
}

/** The separators an `s` stands for, as bytes: space, no-break space, hyphen and dot. */
const separators = [[0x20], [0xc2, 0xa0], [0x2d], [0x2e]] as const;

/** The ASCII bytes a `J` stands for: blank, brackets, hyphen, dot and slash. */
export const joints: readonly number[] = [0x20, 0x28, 0x29, 0x2d, 0x2e, 0x2f];

const quantifier = /^\{(\d+)(?:,(\d+))?\}/;
const literal = /[!-/:-@[-`|~ a-z]/;

/**
 * Reads a form: `9` is a digit, `A` an ASCII letter of either case, `N` a letter or a digit, `s`
 * the same separator throughout (space, no-break space, hyphen or dot), `L` a letter or a byte of
 * a character beyond ASCII, `U` a capital letter or the first byte of one beyond ASCII, `J` such a byte or one of `joints`, other small letters, `°` and ASCII
 * punctuation themselves; each may be followed by `{n}` or `{m,n}`. Gives a list of positions
 * for each separator. Throws on anything else.
 */
export function parseForm(form: string): FormPosition[][] {
  const variants = form.includes('s') ? separators : [[]];
  return variants.map((separator) => expand(form, separator));
}

function expand(form: string, separator: readonly number[]): FormPosition[] {
  const positions: FormPosition[] = [];
  let at = 0;
  while (at < form.length) {
    const accepted = acceptedBy(form[at] as string, separator);
    if (accepted === undefined) throw new Error(`form ${form}: ${form[at]} stands for nothing`);
    const [whole = '', least = '1', most = least] = quantifier.exec(form.slice(at + 1)) ?? [];
    at += 1 + whole.length;
    for (let n = 0; n < Number(most); n++) {
      for (const accepts of accepted) positions.push({ accepts, optional: n >= Number(least) });
    }
  }
  return positions;
}

function acceptedBy(
  char: string,
  separator: readonly number[],
): readonly FormPosition['accepts'][] | undefined {
  if (char === '9') return ['digit'];
  if (char === 'A') return ['letter'];
  if (char === 'N') return ['either'];
  if (char === 'L') return ['wide'];
  if (char === 'U') return ['capital'];
  if (char === 'J') return ['joint'];
  if (char === 's') return separator;
  if (char === '°') return [0xc2, 0xb0];
  return literal.test(char) ? [char.charCodeAt(0)] : undefined;
}
