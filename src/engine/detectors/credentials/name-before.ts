import { byteAt, type TextWindow } from '../../detector.ts';
import { readAscii } from '../key-body.ts';
import { alphabets, byteTable } from './token-format.ts';

const maxNameBytes = 64;
const maxSiblingBytes = 160;

const nameChars = byteTable(alphabets['url'] ?? '');

/** Types that stand between a name and `=`. */
const types =
  /^(?:string|str|String|char|text|Text|CharSequence|any|const|byte|bytes|final|object)$/;
const typed = /([\w-]+)\s*(?::\s*|\s)&?$/;
/** Names that say only that here is the value of what another attribute names. */
const valueNames = /^(?:value|val|content|default|data|text|stringvalue|defaultvalue)$/i;
const sibling =
  /(?:^|[\s"'{,])(?:key|name|id|property|setting|env|var|variable)["']?\s*[:=]\s*["']([\w.:-]{1,64})["'][^"'{}<>]{0,16}["']?$/i;

/** Reads the name that ends at `end`; of `name: Type` and `Type name` the name. */
export function readNameBefore(window: TextWindow, end: number): string {
  const name = readBack(window, end);
  if (!types.test(name)) return name;
  const before = readAscii(
    window,
    Math.max(window.start, end - name.length - 48),
    end - name.length,
  );
  return typed.exec(before)?.[1] ?? name;
}

/** Gives for the `value` of an element or object the `name` or `key` just before it. */
export function readSiblingName(window: TextWindow, end: number, name: string): string {
  if (!valueNames.test(name)) return name;
  const from = Math.max(window.start, end - name.length - maxSiblingBytes);
  return sibling.exec(readAscii(window, from, end - name.length))?.[1] ?? name;
}

function readBack(window: TextWindow, end: number): string {
  let start = end;
  while (end - start < maxNameBytes && nameChars[byteAt(window, start - 1)] === 1) start--;
  return readAscii(window, start, end);
}
