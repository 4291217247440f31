import { type CharSet, foldCharSet, invertCharSet, toCharSet } from './char-set.ts';
import { ClassReader } from './class-reader.ts';
import { type PatternBranch, PatternError, type PatternNode } from './pattern-syntax.ts';

const maxPatternChars = 1_000;
const maxDepth = 40;
const maxRepeats = 1_000;
const leastChars = 2;

const anyButNewline = invertCharSet(toCharSet([[0x0a, 0x0a]]));

/**
 * Reads a regular expression of the subset that runs in linear time: characters, classes, `.`,
 * groups, alternatives, `? * + {n,m}`, `\d \w \s \p{…}`, and `\b`, `^`, `$` at the ends. `\w` is a
 * letter, digit, mark or underscore of any script, `\d` is 0–9. Gives the alternatives.
 *
 * @throws {PatternError} with the place and what to write instead.
 */
export function parsePattern(source: string, ignoreCase = false): PatternBranch[] {
  if (source.length > maxPatternChars) {
    throw new PatternError(`the pattern is over ${maxPatternChars} characters: split it`, 0);
  }
  const reader = new PatternReader(source, ignoreCase);
  const branches = reader.readPattern().map(takeEdges);
  for (const { node } of branches) {
    if (leastLength(node) < leastChars) {
      const message = `a pattern must demand ${leastChars} characters or more, else it is found everywhere`;
      throw new PatternError(message, 0);
    }
  }
  return branches;
}

/** How many characters a match has at least. */
export function leastLength(node: PatternNode): number {
  if (node.kind === 'set') return 1;
  if (node.kind === 'edge') return 0;
  if (node.kind === 'repeat') return node.min * leastLength(node.node);
  if (node.kind === 'choice') return Math.min(...node.options.map(leastLength));
  return node.parts.reduce((sum, part) => sum + leastLength(part), 0);
}

function takeEdges(node: PatternNode): PatternBranch {
  const parts = node.kind === 'sequence' ? [...node.parts] : [node];
  const first = parts[0];
  const startEdge = first?.kind === 'edge' ? first.edge : null;
  if (startEdge !== null) parts.shift();
  const last = parts.at(-1);
  const endEdge = last?.kind === 'edge' ? last.edge : null;
  if (endEdge !== null) parts.pop();
  const inner = parts.map(findEdge).find((at) => at >= 0);
  if (inner !== undefined) {
    const message =
      '\\b, ^ and $ may stand only at the beginning or the end of a pattern or an alternative of it';
    throw new PatternError(message, inner);
  }
  return { node: { kind: 'sequence', parts }, startEdge, endEdge };
}

/** The place of an edge inside; -1 when there is none. */
function findEdge(node: PatternNode): number {
  if (node.kind === 'edge') return node.at;
  if (node.kind === 'set') return -1;
  if (node.kind === 'repeat') return findEdge(node.node);
  const parts = node.kind === 'choice' ? node.options : node.parts;
  return parts.map(findEdge).find((at) => at >= 0) ?? -1;
}

class PatternReader {
  readonly #source: string;
  #at = 0;
  #depth = 0;
  #ignoreCase: boolean;
  readonly #classes: ClassReader;

  constructor(source: string, ignoreCase: boolean) {
    this.#source = source;
    this.#ignoreCase = ignoreCase;
    this.#classes = new ClassReader(source);
  }

  readPattern(): readonly PatternNode[] {
    if (this.#source.startsWith('(?i)')) {
      this.#at = 4;
      this.#ignoreCase = true;
    }
    const options = this.#readOptions();
    if (this.#at < this.#source.length) throw this.#error('there is no ( for this )');
    return options;
  }

  #readOptions(): PatternNode[] {
    const options = [this.#readSequence()];
    while (this.#take('|')) options.push(this.#readSequence());
    return options;
  }

  #readSequence(): PatternNode {
    const parts: PatternNode[] = [];
    for (;;) {
      const char = this.#source[this.#at];
      if (char === undefined || char === '|' || char === ')') break;
      parts.push(this.#readRepeats(this.#readOne()));
    }
    return { kind: 'sequence', parts };
  }

  #readOne(): PatternNode {
    const at = this.#at;
    const char = this.#source[at] as string;
    if (char === '(') return this.#readGroup();
    if (char === '^' || char === '$') {
      this.#at++;
      return { kind: 'edge', edge: 'line', at };
    }
    if (this.#source.startsWith('\\b', at)) {
      this.#at += 2;
      return { kind: 'edge', edge: 'word', at };
    }
    if (char === '*' || char === '+' || char === '?' || char === '{') {
      throw this.#error(
        `there is nothing for ${char} to repeat; for the character write \\${char}`,
      );
    }
    if (char === '.') {
      this.#at++;
      return { kind: 'set', set: anyButNewline };
    }
    const { set, next } = this.#classes.read(at);
    this.#at = next;
    return { kind: 'set', set: this.#cased(set) };
  }

  #cased(set: CharSet): CharSet {
    return this.#ignoreCase ? foldCharSet(set) : set;
  }

  #readGroup(): PatternNode {
    const start = this.#at++;
    if (this.#take('?')) {
      const name = /^(?::|<\w+>|P<\w+>)/.exec(this.#source.slice(this.#at))?.[0];
      if (name === undefined) {
        this.#at = start;
        throw this.#error(
          'of groups with (? only (?:…) and (?<name>…) are known, and (?i) at the beginning; looking ahead or behind is not, for it does not run in linear time',
        );
      }
      this.#at += name.length;
    }
    if (++this.#depth > maxDepth) throw this.#error(`groups are nested over ${maxDepth} deep`);
    const options = this.#readOptions();
    this.#depth--;
    if (!this.#take(')')) {
      this.#at = start;
      throw this.#error('this ( has no )');
    }
    return options.length === 1 ? (options[0] as PatternNode) : { kind: 'choice', options };
  }

  #readRepeats(node: PatternNode): PatternNode {
    const bounds = this.#readBounds();
    if (bounds === undefined) return node;
    if (node.kind === 'edge') throw this.#error('\\b, ^ and $ cannot be repeated');
    const next = this.#source[this.#at];
    if (next === '?' || next === '+') {
      throw this.#error(
        `a ${next} after a repetition has no meaning here, for the longest match counts: leave it out, or exclude what must not be in it, as in [^"]*`,
      );
    }
    if (next === '*' || this.#readBounds() !== undefined) {
      throw this.#error('a repetition cannot be repeated: put it into a group (?:…)');
    }
    return { kind: 'repeat', node, ...bounds };
  }

  #readBounds(): { min: number; max: number } | undefined {
    if (this.#take('?')) return { min: 0, max: 1 };
    if (this.#take('*')) return { min: 0, max: Number.POSITIVE_INFINITY };
    if (this.#take('+')) return { min: 1, max: Number.POSITIVE_INFINITY };
    const counts = /^\{(\d{1,6})(,(\d{0,6}))?\}/.exec(this.#source.slice(this.#at, this.#at + 20));
    if (counts === null) return undefined;
    const min = Number(counts[1]);
    const max = counts[2] === undefined ? min : counts[3] === '' ? Infinity : Number(counts[3]);
    if (min > maxRepeats || (max > maxRepeats && max !== Infinity)) {
      throw this.#error(`a repetition may count to ${maxRepeats}`);
    }
    if (max < min) throw this.#error('the second number of {n,m} must not be the smaller one');
    this.#at += counts[0].length;
    return { min, max };
  }

  #take(char: string): boolean {
    if (this.#source[this.#at] !== char) return false;
    this.#at++;
    return true;
  }

  #error(message: string): PatternError {
    return new PatternError(message, this.#at);
  }
}
