import { byteAt, type Detector, type Match, type TextWindow } from '../../detector.ts';
import { readAscii } from '../key-body.ts';
import { credentialTraits } from './prefix-token.ts';

const colon = 0x3a;
const newline = 0x0a;
/** How far a manifest's other parts may be from its data. */
const reach = 3_072;
const maxBlockBytes = 8_192;
const minValueChars = 10;

const kind = /^[ \t]*["']?kind["']?:[ \t]*["']?secret["']?[ \t\r]*$/i;
const entry =
  /^[ \t]+["']?[\w.-]+["']?:[ \t]*(?:["']?([A-Za-z0-9+/]{8,}={0,2})["']?|[|>][+-]?)[ \t\r]*$/;
const block = /^[ \t]+[A-Za-z0-9+/]{8,}={0,2}[ \t\r]*$/;

const value = btoa('S3nd!it-k8Zp2vQx');

/** The data of a Secret (Kubernetes API, core/v1): values in base64. */
export const kubernetesSecret: Detector = {
  ...credentialTraits({
    id: 'kubernetes_secret_yaml',
    source: 'Kubernetes: API reference, Secret v1 core',
    weight: 0.8,
  }),
  specificity: 95,
  anchors: { words: ['data'] },
  find: findData,
  normalise: (text) => text.replace(/\s+/g, ' '),
  mask: () => '****',
  hits: [
    {
      text: `apiVersion: v1\nkind: Secret\nmetadata:\n  name: db\ndata:\n  password: ${value}\n`,
      values: [value],
    },
    {
      text: `apiVersion: v1\ndata:\n  user: ${btoa('administrator')}\n  pw: ${value}\nkind: Secret\n`,
      values: [`${btoa('administrator')}\n  pw: ${value}`],
    },
    { text: `kind: "Secret"\ndata:\n  "key": "${value}"\n`, values: [value] },
    { text: `kind: Secret\ndata:\n  a.json: |\n    ${value}\ntype: Opaque`, values: [value] },
    { text: `kind: Secret\ndata:\n  # a comment\n  x: ${value}`, values: [value] },
  ],
  misses: [
    'apiVersion: v1\nkind: Secret\ndata:\n  csrf: ""\n',
    `apiVersion: v1\nkind: ConfigMap\ndata:\n  key: ${value}\n`,
    'kind: Secret\ndata:\n  password: {{ .Values.password }}\n',
    `kind: Secret\n---\nkind: ConfigMap\ndata:\n  key: ${value}\n`,
    'kind: ExternalSecret\nspec:\n  data:\n    - secretKey: abcdefgh12345678\n',
    'kind: Secret\ndata:\n  short: Zm9vCg==\n',
  ],
};

function findData(window: TextWindow, start: number, end: number): Match | undefined {
  if (byteAt(window, end) !== colon) return undefined;
  let i = end + 1;
  while (byteAt(window, i) === 0x20 || byteAt(window, i) === 0x0d) i++;
  if (byteAt(window, i) !== newline || !startsLine(window, start)) return undefined;
  const values = readValues(window, i + 1, indentOf(window, start));
  if (values === undefined || !isSecret(window, start, values.end)) return undefined;
  return { ...values, pattern: 'data of a Secret', validator: 'base64:passed', base: 0.85 };
}

function startsLine(window: TextWindow, start: number): boolean {
  const before = byteAt(window, start - indentOf(window, start) - 1);
  return before === newline || before === 0;
}

/** How many blanks are before `start`, at most twelve. */
function indentOf(window: TextWindow, start: number): number {
  let n = 0;
  while (n < 12 && isBlank(byteAt(window, start - n - 1))) n++;
  return n;
}

function isBlank(byte: number): boolean {
  return byte === 0x20 || byte === 0x09;
}

/** From the first value in base64 to the last, while the lines below are deeper than `data`. */
function readValues(
  window: TextWindow,
  from: number,
  indent: number,
): { start: number; end: number } | undefined {
  let first = -1;
  let last = -1;
  let opensBlock = false;
  let at = from;
  while (at - from < maxBlockBytes && at < window.end) {
    const lineEnd = endOfLine(window, at);
    const line = readAscii(window, at, lineEnd);
    const isBlank = /^\s*(?:#.*)?$/.test(line);
    if (!isBlank && line.length - line.trimStart().length <= indent) break;
    const found = entry.exec(line);
    const encoded = found?.[1] ?? (opensBlock && block.test(line) ? line.trim() : '');
    if (isBase64(encoded)) {
      const column = at + line.lastIndexOf(encoded);
      if (first < 0) first = column;
      last = column + encoded.length;
    }
    opensBlock = /[|>][+-]?\s*$/.test(line) || (opensBlock && found === null);
    at = lineEnd + 1;
  }
  return first < 0 ? undefined : { start: first, end: last };
}

function endOfLine(window: TextWindow, start: number): number {
  let i = start;
  while (i < window.end && i - start < maxBlockBytes && byteAt(window, i) !== newline) i++;
  return i;
}

function isBase64(text: string): boolean {
  return text.length >= minValueChars && text.length % 4 === 0;
}

/** Whether the document around the data, up to `---` or other data, says that it is a Secret. */
function isSecret(window: TextWindow, start: number, end: number): boolean {
  for (let i = start; start - i < reach && i >= window.start; i--) {
    if (isKindAt(window, i)) return true;
    if (i < start - 1 && separatesAt(window, i)) break;
  }
  for (let i = end; i - end < reach && i < window.end; i++) {
    if (isKindAt(window, i)) return true;
    if (separatesAt(window, i)) break;
  }
  return false;
}

function isKindAt(window: TextWindow, at: number): boolean {
  if ((byteAt(window, at) | 0x20) !== 0x6b || (byteAt(window, at + 1) | 0x20) !== 0x69)
    return false;
  let lineStart = at;
  while (
    at - lineStart < 24 &&
    lineStart > window.start &&
    byteAt(window, lineStart - 1) !== newline
  ) {
    lineStart--;
  }
  return kind.test(readAscii(window, lineStart, Math.min(at + 64, endOfLine(window, at))));
}

function separatesAt(window: TextWindow, at: number): boolean {
  if (byteAt(window, at) !== newline) return false;
  const next = byteAt(window, at + 1);
  if (next === 0x2d) return readAscii(window, at + 1, at + 4) === '---';
  return next === 0x64 && readAscii(window, at + 1, at + 6) === 'data:';
}
