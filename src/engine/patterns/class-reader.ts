import {
  type CharSet,
  findUnicodeSet,
  invertCharSet,
  joinCharSets,
  toCharSet,
} from './char-set.ts';
import { PatternError } from './pattern-syntax.ts';

/** One character or class of a pattern and the index after it. */
interface Read {
  set: CharSet;
  next: number;
  /** The code point when it is a single character, which may begin or end a range. */
  code?: number;
}

const digits = toCharSet([[0x30, 0x39]]);
const blanks = toCharSet([
  [0x09, 0x0d],
  [0x20, 0x20],
  [0xa0, 0xa0],
  [0x2028, 0x2029],
]);

const controls: Readonly<Record<string, number>> = { t: 9, n: 10, v: 11, f: 12, r: 13 };

/** Reads characters, escapes and bracket classes of a pattern. */
export class ClassReader {
  readonly #source: string;

  constructor(source: string) {
    this.#source = source;
  }

  /** Reads what stands at `at`. @throws {PatternError} */
  read(at: number): Read {
    if (this.#source[at] === '[') return this.#readBrackets(at);
    return this.#readChar(at);
  }

  #readBrackets(at: number): Read {
    let i = at + 1;
    const inverted = this.#source[i] === '^';
    if (inverted) i++;
    const sets: CharSet[] = [];
    for (let first = true; ; first = false) {
      const char = this.#source[i];
      if (char === undefined) throw new PatternError('this [ has no ]', at);
      if (char === ']' && !first) break;
      if (char === '[' && this.#source[i + 1] === ':') {
        throw new PatternError('write \\p{…} or \\d for classes such as [:digit:]', i);
      }
      const low = this.#readChar(i);
      i = low.next;
      if (this.#source[i] !== '-' || this.#source[i + 1] === ']' || low.code === undefined) {
        sets.push(low.set);
        continue;
      }
      const high = this.#readChar(i + 1);
      if (high.code === undefined || high.code < low.code) {
        throw new PatternError('a range in […] goes from a character to one after it', i);
      }
      sets.push(toCharSet([[low.code, high.code]]));
      i = high.next;
    }
    const joined = joinCharSets(sets);
    const set = inverted ? invertCharSet(joined) : joined;
    if (set.length === 0) throw new PatternError('no character is in this class', at);
    return { set, next: i + 1 };
  }

  #readChar(at: number): Read {
    const code = this.#source.codePointAt(at);
    if (code === undefined) throw new PatternError('the pattern ends too early', at);
    if (code === 0x5c) return this.#readEscape(at);
    return { set: [code, code], next: at + (code > 0xffff ? 2 : 1), code };
  }

  #readEscape(at: number): Read {
    const char = this.#source[at + 1];
    if (char === undefined) throw new PatternError('the pattern ends with a single \\', at);
    const next = at + 2;
    if (char === 'd' || char === 'D') return { set: invertIf(char === 'D', digits), next };
    if (char === 's' || char === 'S') return { set: invertIf(char === 'S', blanks), next };
    if (char === 'w' || char === 'W') return { set: invertIf(char === 'W', wordSet()), next };
    if (char === 'p' || char === 'P') return this.#readProperty(at);
    const control = controls[char];
    if (control !== undefined) return { set: [control, control], next, code: control };
    const hex = /^(?:x([0-9a-f]{2})|u([0-9a-f]{4})|u\{([0-9a-f]{1,6})\})/i.exec(
      this.#source.slice(at + 1, at + 12),
    );
    if (hex !== null) {
      const code = Number.parseInt(hex[1] ?? hex[2] ?? hex[3] ?? '', 16);
      if (code > 0x10_ffff) throw new PatternError('there is no such code point', at);
      return { set: [code, code], next: at + 1 + hex[0].length, code };
    }
    if (/[1-9]/.test(char) || char === 'k') {
      throw new PatternError(
        'referring back to a group is not possible, for it does not run in linear time',
        at,
      );
    }
    if (/[A-Za-z0-9]/.test(char)) {
      throw new PatternError(`\\${char} has no meaning here; for the letter leave out the \\`, at);
    }
    const code = this.#source.codePointAt(at + 1) as number;
    return { set: [code, code], next: at + (code > 0xffff ? 3 : 2), code };
  }

  #readProperty(at: number): Read {
    const name = /^\{([^}]{1,60})\}/.exec(this.#source.slice(at + 2, at + 70))?.[1];
    const set = name === undefined ? undefined : findUnicodeSet(name);
    if (name === undefined || set === undefined) {
      throw new PatternError(
        'write a Unicode property as in \\p{L}, \\p{Lu} or \\p{Script=Greek}',
        at,
      );
    }
    const inverted = this.#source[at + 1] === 'P';
    return { set: invertIf(inverted, set), next: at + 4 + name.length };
  }
}

let word: CharSet | undefined;

/** Letters, digits and marks of every script, and the underscore. */
export function wordSet(): CharSet {
  const names = ['L', 'N', 'M'];
  word ??= joinCharSets([[0x5f, 0x5f], ...names.map((name) => findUnicodeSet(name) ?? [])]);
  return word;
}

function invertIf(inverted: boolean, set: CharSet): CharSet {
  return inverted ? invertCharSet(set) : set;
}
