import { isAsciiLetter, isContinuation, isDigit, isLower } from '../byte-classes.ts';
import { byteAt, type Detector, type Match, type TextWindow } from '../detector.ts';
import { findMarkingPlace, type MarkingPlace } from './marking-place.ts';
import { findMarkingTerm, type MarkingTerm, markingWords } from './marking-terms.ts';
import { readWordText } from './people/read-word-text.ts';

const decoder = new TextDecoder();
const space = 0x20;

/**
 * Confidentiality markings in English, German, French, Spanish, Italian, Portuguese, Dutch, Polish,
 * Swedish, Danish, Norwegian, Finnish, Russian, Chinese and Japanese, legal privilege, levels of
 * governments and alliances, and the Traffic Light Protocol (FIRST, TLP 1.0 and 2.0). One counts
 * where it is applied to the text, not where the text speaks of it.
 */
export const confidentialityMarking: Detector = {
  id: 'confidentiality_marking',
  category: 'confidentiality',
  weight: 0.25,
  sources: ['FIRST, Traffic Light Protocol 2.0'],
  specificity: 20,
  anchors: { words: markingWords },
  find: findMarking,
  normalise: (value) => value.toLowerCase().replace(/[\s_-]+/g, ' '),
  mask: (value) => value,
  heedsExampleWords: false,
  context: [],
  hits: [
    { text: 'CONFIDENTIAL\n\nMinutes of the board', values: ['CONFIDENTIAL'] },
    {
      text: 'Minutes\n\nacme inc | Strictly Confidential | Page 2',
      values: ['Strictly Confidential'],
    },
    { text: 'Klassifizierung: vertraulich\nText', values: ['vertraulich'] },
    { text: '{"classification": "Secret", "id": 1}', values: ['Secret'] },
    {
      text: 'Title\n*** Nur für den internen Gebrauch ***\n',
      values: ['Nur für den internen Gebrauch'],
    },
    { text: '# À usage interne\n', values: ['À usage interne'] },
    { text: 'Subject: [Confidential] offer\nHello', values: ['Confidential'] },
    { text: '<header><p>CONFIDENCIAL</p></header>', values: ['CONFIDENCIAL'] },
    { text: 'TLP:AMBER+STRICT\nIndicators', values: ['TLP:AMBER+STRICT'] },
    { text: '【社外秘】\n議事録', values: ['社外秘'] },
    { text: 'TOP SECRET//SI//NOFORN\n\nSummary', values: ['TOP SECRET//SI'] },
    { text: 'NATO RESTRICTED\nAnnex', values: ['NATO RESTRICTED'] },
    { text: 'RESTREINT UE/EU RESTRICTED\nNote', values: ['RESTREINT UE/EU RESTRICTED'] },
    { text: 'OFFICIAL: Sensitive\nMinute', values: ['OFFICIAL: Sensitive'] },
    { text: 'PROTECTED B / PROTÉGÉ B\nMemo', values: ['PROTECTED B', 'PROTÉGÉ B'] },
    { text: 'TLP: RED\nIndicators', values: ['TLP: RED'] },
    { text: 'Privileged & Confidential - Draft\n', values: ['Privileged & Confidential'] },
    { text: 'ATTORNEY WORK PRODUCT\nMemo', values: ['ATTORNEY WORK PRODUCT'] },
    { text: 'СТРОГО КОНФИДЕНЦИАЛЬНО\nОтчёт', values: ['СТРОГО КОНФИДЕНЦИАЛЬНО'] },
    { text: '绝密\n报告', values: ['绝密'] },
    { text: 'ŚCIŚLE TAJNE\nraport', values: ['ŚCIŚLE TAJNE'] },
    { text: 'CONFIDENTIAL - TRADE SECRET: formula 7A\n', values: ['CONFIDENTIAL', 'TRADE SECRET'] },
    { text: 'Strikt vertrouwelijk – niet verspreiden', values: ['Strikt vertrouwelijk'] },
  ],
  misses: [
    'This message is confidential and meant for the addressee.',
    'The secret of good bread is time.',
    'We keep customer data confidential, of course.',
    'const internal = require("internal");',
    'internal\n',
    'Levels: Public, Internal, Confidential, Restricted',
    '| Public | Internal | Confidential | Secret |',
    'Der Bericht ist intern besprochen worden.',
    'confidentiality clause\n',
    'the secret\nis out\n',
    'TLP:CLEAR\nIndicators',
    'TLP:WHITE\nIndicators',
    'They settled without prejudice and left.',
    'protected void run() {}',
    'PROTECTED = 2,\n',
    'The NATO secret was out, and nobody asked for it.',
    'secret: hunter2',
    'enum Kind {\n  INTERNAL = 0,\n  SERVER = 1,\n}',
    'const tag = Symbol("INTERNAL");',
    `${'x = 1;\n'.repeat(9)}// For internal use only.\n${'y = 2;\n'.repeat(9)}`,
    '<dl><dt>INTERNAL</dt><dd>a name</dd></dl>',
  ],
};

/** Confidence by place; what small letters and weak words lose comes off it. */
const baseByPlace: Readonly<Record<MarkingPlace, number>> = {
  field: 0.9,
  'own line': 0.85,
  subject: 0.8,
  'header or footer': 0.75,
  'edge of the text': 0.6,
};

function findMarking(window: TextWindow, start: number, end: number): Match | undefined {
  if (continuesWord(window, start, end)) return undefined;
  const first = byteAt(window, start);
  // Most words of running text are told by their small letter between two other words.
  if (isLower(first) && byteAt(window, start - 1) === space && followsWord(window, start)) {
    return undefined;
  }
  const text = readWordText(window, start, end);
  const term = findMarkingTerm(text);
  if (term === undefined) return undefined;
  const letters = caseOf(text);
  const capitals = letters === 'capitals';
  const place = findMarkingPlace(window, start, end, { capitals, weak: term.weak });
  if (place === null) return undefined;
  const isDraft = standsBesideDraft(window, start, end);
  const base = baseOf(place, term, letters) - (isDraft ? draftLoss : 0);
  return {
    start,
    end,
    pattern: place,
    validator: null,
    base,
    notes: isDraft ? [`level: ${term.level}`, 'of a draft'] : [`level: ${term.level}`],
    floor: term.level,
  };
}

/** A draft is marked before anyone has decided, so `Confidential - Draft` says a little less. */
const draftLoss = 0.1;
const draftReachBytes = 24;
const draftWords =
  /(?<![\p{L}\d])(?:draft|entwurf|brouillon|projet|borrador|bozza|rascunho|minuta|concept|szkic|utkast|草案)(?![\p{L}\d])/iu;

function standsBesideDraft(window: TextWindow, start: number, end: number): boolean {
  const before =
    byteSlice(window, start - draftReachBytes, start)
      .split('\n')
      .at(-1) ?? '';
  const after = byteSlice(window, end, end + draftReachBytes).split('\n', 1)[0] ?? '';
  return draftWords.test(before) || draftWords.test(after);
}

function byteSlice(window: TextWindow, from: number, to: number): string {
  let start = Math.max(window.start, from);
  while (start < to && isContinuation(byteAt(window, start))) start++;
  return decoder.decode(window.bytes.subarray(start, Math.min(window.end, to)));
}

function baseOf(place: MarkingPlace, term: MarkingTerm, letters: LetterCase): number {
  const base = baseByPlace[place];
  if (place === 'field' || letters === 'capitals' || letters === 'none') return base;
  if (term.weak) return letters === 'title' && place === 'own line' ? 0.4 : 0.2;
  if (letters === 'title' || place === 'own line') return base - 0.1;
  return 0.3;
}

type LetterCase = 'capitals' | 'title' | 'small' | 'none';

/** `none` is for scripts without two cases. */
function caseOf(text: string): LetterCase {
  if (text.toUpperCase() === text.toLowerCase()) return 'none';
  if (text === text.toUpperCase()) return 'capitals';
  const first = text.charAt(0);
  return first === first.toLowerCase() ? 'small' : 'title';
}

/** Whether the term is only a part of a longer word or name. */
function continuesWord(window: TextWindow, start: number, end: number): boolean {
  const before = byteAt(window, start - 1);
  const after = byteAt(window, end);
  if (byteAt(window, end - 1) >= 0x80 && byteAt(window, start) >= 0xe3) return false;
  if (isWordByte(before) || before === 0x2f || before === 0x2e) return true;
  return isWordByte(after) || (after >= 0xc3 && after <= 0xdf) || after === 0x28;
}

function isWordByte(byte: number): boolean {
  return isAsciiLetter(byte) || isDigit(byte) || byte === 0x5f;
}

function followsWord(window: TextWindow, start: number): boolean {
  const before = byteAt(window, start - 2);
  return isAsciiLetter(before) || before === 0x2c || isContinuation(before);
}
