import { isContinuation } from '../byte-classes.ts';
import { byteAt, type TextWindow } from '../detector.ts';
import { findMarkingTerm, isMarkingKey } from './marking-terms.ts';

const newline = 0x0a;
const maxSideBytes = 160;
const edgeLines = 5;
const edgeBytes = 600;
const maxHeaderChars = 100;
const decoder = new TextDecoder();
const maxKeyChars = 60;
const quotes = ' \t"\'`*_([';
const assignments = ':=>：|';
const valueEnds = ',;.)]}<|/(-';
const barriers = '-–—|•·/';
const pageWords: ReadonlySet<string> = new Set(
  'page seite página pagina pag strona strana sida of von de di van z av s p'.split(' '),
);
const textTags: ReadonlySet<string> = new Set(
  'p h1 h2 h3 h4 h5 h6 header footer div span b strong title w:t text:p'.split(' '),
);
const subjectWords: ReadonlySet<string> = new Set(
  'subject betreff objet asunto oggetto assunto onderwerp temat ämne 件名 title titel'.split(' '),
);

/** How a marking is applied to a text; null when the word is just in it. */
export type MarkingPlace =
  | 'field'
  | 'own line'
  | 'header or footer'
  | 'subject'
  | 'edge of the text';

/** The line a marking stands in, split around it. */
interface MarkedLine {
  before: string;
  after: string;
  /** Whether the line's start and end were reached. */
  startKnown: boolean;
  endKnown: boolean;
}

/**
 * Tells how the marking at `start`–`end` is applied: as the value of a classification field, alone
 * on its line (or in its tag or cell), set off at the start or end of a short line, in a subject,
 * or in capitals in the first or last five lines of the text.
 */
export function findMarkingPlace(
  window: TextWindow,
  start: number,
  end: number,
  { capitals, weak }: { capitals: boolean; weak: boolean },
): MarkingPlace | null {
  const line = readLine(window, start, end);
  if (isField(line)) return 'field';
  if (isCodeComment(line) && !isAtEdge(window, start, end)) return null;
  if (weak && isQuoted(line)) return null;
  if (line.startKnown && line.endKnown) {
    if (isAloneInLine(line, weak)) return 'own line';
    if (isSubject(line.before)) return 'subject';
    if (line.before.length + line.after.length <= maxHeaderChars && isSetOff(line)) {
      return listsLevels(line) ? null : 'header or footer';
    }
    const stands = !weak || isPlainWord(line);
    if (capitals && stands && isAtEdge(window, start, end)) {
      return listsLevels(line) ? null : 'edge of the text';
    }
    return isAloneInTag(line, weak) && !listsLevels(line) ? 'own line' : null;
  }
  return isAloneInTag(line, weak) ? 'own line' : null;
}

function readLine(window: TextWindow, start: number, end: number): MarkedLine {
  let from = start;
  while (start - from < maxSideBytes && from > window.start) {
    if (byteAt(window, from - 1) === newline) break;
    from--;
  }
  const startKnown = from === 0 ? window.offset + from === 0 : byteAt(window, from - 1) === newline;
  while (from < start && isContinuation(byteAt(window, from))) from++;
  let to = end;
  while (to - end < maxSideBytes && to < window.end && byteAt(window, to) !== newline) to++;
  const endKnown = to === window.end ? window.endsText : byteAt(window, to) === newline;
  return {
    before: decoder.decode(window.bytes.subarray(from, start)),
    after: decoder.decode(window.bytes.subarray(end, to)).trimEnd(),
    startKnown,
    endKnown,
  };
}

/** `Classification: X`, `"sensitivity": "X"`, `<label>X`, and nothing that goes on after it. */
function isField({ before, after }: MarkedLine): boolean {
  let i = skipBack(before, before.length, quotes);
  if (i === 0 || !assignments.includes(before.charAt(i - 1))) return false;
  const next = after.slice(skipOn(after, 0, quotes), maxKeyChars).charAt(0);
  if (next !== '' && !valueEnds.includes(next)) return false;
  i = skipBack(before, i - 1, quotes);
  let start = i;
  while (
    start > 0 &&
    i - start < maxKeyChars &&
    /[\p{L}\p{M} _-]/u.test(before.charAt(start - 1))
  ) {
    start--;
  }
  return isMarkingKey(before.slice(start, i));
}

/** Marks, numbers and the word for page: what frames a marking that stands alone. */
function isDecoration(text: string): boolean {
  for (const [word] of text.matchAll(/[\p{L}\p{M}]+/gu)) {
    if (!pageWords.has(word.toLowerCase())) return false;
  }
  return true;
}

/** A weak word may have only plain frames around it: `INTERNAL = 0` is code. */
function isAloneInLine({ before, after }: MarkedLine, weak: boolean): boolean {
  if (!isDecoration(before) || !isDecoration(after)) return false;
  return !weak || /^[\s\d*#_[\]|·•.~=【】–—-]*$/.test(before + after.replace(/^\s*=\s/, '('));
}

/** Alone between tags, as in `<p>Confidential</p>`, in a line of any length. */
function isAloneInTag({ before, after }: MarkedLine, weak: boolean): boolean {
  const tag = before.trimEnd();
  if (!tag.endsWith('>') || !after.trimStart().startsWith('<')) return false;
  const name = /^<([\w:]+)/.exec(tag.slice(tag.lastIndexOf('<')))?.[1] ?? '';
  return !weak || textTags.has(name.toLowerCase());
}

/** In a comment of source code, which speaks of the code more often than it marks the file. */
function isCodeComment({ before }: MarkedLine): boolean {
  return /\/[/*]+\s*$/.test(before);
}

/** A word of a sentence, not a name in code or a tag. */
function isPlainWord({ before, after }: MarkedLine): boolean {
  return /(?:^|\s)$/.test(before) && /^(?:$|[.!]|\s+[^\s=:({[])/.test(after);
}

function isQuoted({ before, after }: MarkedLine): boolean {
  return /["'`]$/.test(before) || /^["'`]/.test(after);
}

/** In brackets or capitals right after `Subject:` or at a title's start. */
function isSubject(before: string): boolean {
  const [name = '', rest, more] = before.split(/[:：]/);
  if (rest === undefined || more !== undefined || !/^\s*[[(]?$/.test(rest)) return false;
  return subjectWords.has(name.trim().toLowerCase());
}

/** First or last in its line, with a dash, a bar, brackets or wide space towards the rest. */
function isSetOff({ before, after }: MarkedLine): boolean {
  const left = setOffOnLeft(before);
  const right = setOffOnRight(after);
  if (left && right) return true;
  return (right && isDecoration(before)) || (left && isDecoration(after));
}

function setOffOnRight(after: string): boolean {
  const from = skipOn(after, 0, ')]* ');
  if (from >= 3 && after.startsWith('   ')) return true;
  const mark = after.charAt(from);
  const joined = from === 0 && mark === '-';
  return (mark !== '' && barriers.includes(mark) && !joined) || /^[\])]/.test(after);
}

function setOffOnLeft(before: string): boolean {
  const to = skipBack(before, before.length, '([* ');
  if (before.endsWith('   ') && before.trim() !== '') return true;
  const mark = before.charAt(to - 1);
  const joined = to === before.length && mark === '-';
  return (mark !== '' && barriers.includes(mark) && !joined) || /[[(©]$/.test(before);
}

function skipOn(text: string, from: number, chars: string): number {
  let i = from;
  while (i < text.length && chars.includes(text.charAt(i))) i++;
  return i;
}

function skipBack(text: string, from: number, chars: string): number {
  let i = from;
  while (i > 0 && chars.includes(text.charAt(i - 1))) i--;
  return i;
}

/** A line that names several levels explains them: `Public | Internal | Confidential`. */
function listsLevels({ before, after }: MarkedLine): boolean {
  const words = `${before} ${after}`.match(/[\p{L}\p{M}]{4,}/gu) ?? [];
  const levels = new Set(words.map((word) => findMarkingTerm(word)?.level));
  levels.delete(undefined);
  return (
    /\b(?:public|öffentlich|público|pubblico|unclassified)\b/iu.test(before + after) ||
    levels.size > 1
  );
}

function isAtEdge(window: TextWindow, start: number, end: number): boolean {
  return isInFirstLines(window, start) || isInLastLines(window, end);
}

function isInFirstLines(window: TextWindow, start: number): boolean {
  if (window.offset + start > edgeBytes) return false;
  let lines = 0;
  for (let i = 0; i < start; i++) if (byteAt(window, i) === newline) lines++;
  return lines < edgeLines;
}

function isInLastLines(window: TextWindow, end: number): boolean {
  if (!window.endsText || window.end - end > edgeBytes) return false;
  let lines = 0;
  for (let i = end; i < window.end - 1; i++) if (byteAt(window, i) === newline) lines++;
  return lines < edgeLines;
}
