import { byteAt, type Detector, type Match, type Sign, type TextWindow } from '../../detector.ts';
import { labelRank } from '../../score.ts';
import { readAscii } from '../key-body.ts';
import { skipBlanks } from './assigned-value.ts';
import { decodeBase64, isText } from './base64-text.ts';
import { InnerSearch } from './find-inside.ts';
import { credentialTraits } from './prefix-token.ts';
import { sampleToken } from './sample-token.ts';
import { alphabets, byteTable, compileFormat } from './token-format.ts';

const minEncodedBytes = 24;
const maxEncodedBytes = 16_384;
const minLineBytes = 40;
const newline = 0x0a;
const base64Chars = byteTable(alphabets['base64'] ?? '');
/** The characters that stand for 32 to 63. */
const isHighHalf = byteTable('ghijklmnopqrstuvwxyz0123456789+/');
const quotes = byteTable('"\'`');

/** How tokens start whose encoded form is worth a look wherever it stands. */
const heads = ['ghp_', 'gho_', 'ghs_', 'ghu_', 'github_pat_', 'glpat-', 'xoxb-', 'xoxp-', 'xapp-'];
const moreHeads = [
  'AKIA',
  'ASIA',
  'sk_live_',
  'sk-ant-',
  'sk-proj-',
  'npm_',
  'pypi-',
  'SG.',
  'eyJ',
];
const blockHeads = ['-----BEGIN ', 'hvs.', 'dop_v1_', 'shpat_', 'AIzaSy', 'mongodb', 'postgres'];

/** What each four characters that encode three of ASCII begin with, and what is between. */
const lowHalf = 'A-Za-f';
const base64 = 'A-Za-z0-9+/';
/** What stands behind `=` or `:` where an encoded text starts: itself, a quote or a blank. */
const valueStarts: readonly Omit<Sign, 'sign'>[] = [
  { after: lowHalf, ahead: { 2: base64, 3: base64, 5: lowHalf, 6: base64, 7: base64 } },
  { after: '"\'`', ahead: { 2: lowHalf, 3: base64, 5: base64, 6: lowHalf, 7: base64 } },
  { after: ' \\t', ahead: { 2: `${lowHalf} \\t"'\``, 3: `${base64} \\t"'\`` } },
];

/** Builds the detector of base64 whose text has a credential of one of `inner()` inside. */
export function encodedCredential(inner: () => readonly Detector[]): Detector {
  const search = new InnerSearch(inner);
  const token = sampleToken(compileFormat('glpat-{alnum 20}'), 'encoded');
  const samples = [
    `token=${token}`,
    token,
    `machine gitlab\nlogin ci\npassword ${token}\n`,
    `{"auth":{"git":"${token}"}}`,
    `url: https://ci:${'k8Zp'}${'2vQx'}@git.acme.org`,
  ].map(btoa);
  return {
    ...credentialTraits({
      id: 'encoded_credential',
      source: 'RFC 4648: base64, one level deep',
      weight: 0.8,
    }),
    specificity: 75,
    anchors: {
      signs: ['=', ':'].flatMap((sign) => valueStarts.map((start) => ({ sign, ...start }))),
      words: [...heads, ...moreHeads, ...blockHeads].map(encodedHead),
    },
    find: (window, start, end) => findEncoded(window, { start, end }, search),
    normalise: (value) => value.replace(/[^A-Za-z0-9+/]/g, ''),
    mask: () => '****',
    hits: samples.map((value) => ({ text: `data = "${value}"`, values: [value] })),
    misses: [
      `text = "${btoa('nothing but a sentence that is long enough')}"`,
      `logo = "iVBORw0KGgo${'AAAANSUhEUgAAAAUA'.repeat(4)}"`,
      `data = "${btoa('glpat-xxxxxxxxxxxxxxxxxxxx')}"`,
      `data = "${btoa(token).slice(0, 20)}"`,
      `data = "${btoa(btoa(token))}"`,
      `sha512-${btoa('0123456789'.repeat(6))}`,
    ],
  };
}

/** The characters that base64 makes of a text's start, whatever comes after. */
function encodedHead(head: string): string {
  const whole = head.slice(0, head.length - (head.length % 3));
  return btoa(whole);
}

function findEncoded(
  window: TextWindow,
  anchor: { start: number; end: number },
  search: InnerSearch,
): Match | undefined {
  let { start } = anchor;
  if (anchor.end - start === 1) {
    start = skipBlanks(window, start + 1, 24);
    if (quotes[byteAt(window, start)] === 1) start++;
  } else if (base64Chars[byteAt(window, start - 1)] === 1 || continuesLine(window, start)) {
    return undefined;
  }
  if (!mayEncodeText(window, start)) return undefined;
  const end = endOfEncoded(window, start);
  const decoded = decodeBase64(readAscii(window, start, end).replace(/\s+/g, ''));
  const found = isText(decoded) ? search.find(decoded) : undefined;
  if (found === undefined) return undefined;
  let padded = end;
  while (padded - end < 2 && byteAt(window, padded) === 0x3d) padded++;
  const { detector, match } = found;
  const label = match.floor ?? detector.floor?.label;
  const result: Match = {
    start,
    end: padded,
    pattern: `base64 of ${detector.id}`,
    validator: match.validator,
    base: Math.round(match.base * 950) / 1_000,
  };
  if (label !== undefined && labelRank[label] > labelRank.confidential) result.floor = label;
  return result;
}

/** A cheap test of the first characters: most values are short, words of a language, or binary. */
function mayEncodeText(window: TextWindow, start: number): boolean {
  for (let n = 0; n < minEncodedBytes; n++) {
    const byte = byteAt(window, start + n);
    if (base64Chars[byte] === 0) return false;
    // The first bit of each three bytes is in the first of each four characters.
    if (n % 4 === 0 && isHighHalf[byte] === 1) return false;
  }
  return isText(decodeBase64(readAscii(window, start, start + minEncodedBytes)));
}

/** Whether the line before is long and nothing but base64, so that this one only goes on. */
function continuesLine(window: TextWindow, start: number): boolean {
  let i = start;
  while (start - i < 40 && (byteAt(window, i - 1) === 0x20 || byteAt(window, i - 1) === 0x09)) i--;
  if (byteAt(window, i - 1) !== newline) return false;
  i -= byteAt(window, i - 2) === 0x0d ? 2 : 1;
  for (let n = 1; n <= minLineBytes; n++) {
    if (base64Chars[byteAt(window, i - n)] === 0) return false;
  }
  return true;
}

/** The index after base64 in one piece, or in lines of one width. */
function endOfEncoded(window: TextWindow, start: number): number {
  let end = start;
  let lineStart = start;
  for (;;) {
    while (end - start < maxEncodedBytes && base64Chars[byteAt(window, end)] === 1) end++;
    if (end - lineStart < minLineBytes || end - start >= maxEncodedBytes) return end;
    const next = byteAt(window, end) === 0x0d ? end + 1 : end;
    if (byteAt(window, next) !== newline) return end;
    lineStart = skipBlanks(window, next + 1, 40);
    if (base64Chars[byteAt(window, lineStart)] === 0) return end;
    // A word that a colon follows is the next entry, not the next line.
    let word = lineStart;
    while (word - lineStart < minEncodedBytes && base64Chars[byteAt(window, word)] === 1) word++;
    const after = byteAt(window, word);
    if (word - lineStart < minEncodedBytes && after !== 0x3d && after !== newline && after !== 0) {
      return end;
    }
    end = lineStart;
  }
}
