import { byteAt, type Detector, type Match, type TextWindow } from '../../detector.ts';
import { readAscii } from '../key-body.ts';
import { credentialTraits } from './prefix-token.ts';

const colon = 0x3a;
const newline = 0x0a;
/** How far a manifest's other parts may be from its data. */
const reach = 3_072;
const maxBlockBytes = 8_192;
const minValueChars = 10;

const kind = /^[ \t]*["']?kind["']?:[ \t]*["']?secret["']?[ \t\r]*$/im;
const entry =
  /^([ \t]+)["']?[\w.-]+["']?:[ \t]*(?:["']?([A-Za-z0-9+/]{8,}={0,2})["']?|[|>][+-]?)[ \t\r]*$/;
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
  const values = readValues(window, i + 1);
  if (values === undefined || !isSecret(window, start, values.end)) return undefined;
  return { ...values, pattern: 'data of a Secret', validator: 'base64:passed', base: 0.85 };
}

function startsLine(window: TextWindow, start: number): boolean {
  let i = start;
  while (start - i < 12 && (byteAt(window, i - 1) === 0x20 || byteAt(window, i - 1) === 0x09)) i--;
  const before = byteAt(window, i - 1);
  return before === newline || before === 0;
}

/** From the first value in base64 to the last, while the lines below are entries. */
function readValues(window: TextWindow, from: number): { start: number; end: number } | undefined {
  const text = readAscii(window, from, Math.min(window.end, from + maxBlockBytes));
  let first = -1;
  let last = -1;
  let at = 0;
  let opensBlock = false;
  for (const line of text.split('\n')) {
    const found = entry.exec(line);
    const encoded = found?.[2] ?? (opensBlock && block.test(line) ? line.trim() : undefined);
    if (encoded !== undefined && isBase64(encoded)) {
      const column = at + line.lastIndexOf(encoded);
      if (first < 0) first = column;
      last = column + encoded.length;
    } else if (found === null && !/^\s*(?:#.*)?$/.test(line) && !/^[ \t]+\S+:/.test(line)) break;
    opensBlock = /[|>][+-]?[ \t\r]*$/.test(line) || (opensBlock && found === null);
    at += line.length + 1;
  }
  return first < 0 ? undefined : { start: from + first, end: from + last };
}

function isBase64(text: string): boolean {
  return text.length >= minValueChars && text.length % 4 === 0;
}

/** Whether the document around the data says that it is a Secret. */
function isSecret(window: TextWindow, start: number, end: number): boolean {
  const before = readAscii(window, Math.max(window.start, start - reach), start);
  const after = readAscii(window, end, Math.min(window.end, end + reach));
  const head = before.slice(before.lastIndexOf('\n---') + 1);
  const cut = after.indexOf('\n---');
  return kind.test(head) || kind.test(cut < 0 ? after : after.slice(0, cut));
}
