import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Random } from './random.ts';
import { firstNames, lastNames, Vocabulary } from './vocabulary.ts';

/**
 * Texts to measure scanning with, the same in every run, without end: each call of a corpus gives
 * the next piece, some lines or a file. Values in them are random: an account number holds its
 * check digits as seldom as any number does, a few are made to.
 */
export type Corpus = () => string;

export const corpusNames = ['prose', 'logs', 'csv', 'json', 'code', 'base64', 'one line'] as const;
export type CorpusName = (typeof corpusNames)[number];

const base64Alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const root = join(import.meta.dirname, '..');
const mostCodeBytes = 64 * 1_048_576;
const mostFileBytes = 524_288;

/** Opens a corpus at its beginning. */
export function openCorpus(name: CorpusName): Corpus {
  return corpora[name](new Random(corpusNames.indexOf(name) + 1));
}

const corpora: Readonly<Record<CorpusName, (random: Random) => Corpus>> = {
  prose: (random) => {
    const vocabulary = new Vocabulary(random);
    return () => paragraph(random, vocabulary);
  },
  logs: (random) => {
    const vocabulary = new Vocabulary(random);
    let millisecond = Date.UTC(2026, 0, 5);
    return () => {
      millisecond += random.below(900);
      return logLine(random, vocabulary, new Date(millisecond));
    };
  },
  csv: (random) => {
    let row = 0;
    return () => (row++ === 0 ? csvHeader : csvRow(random, row - 1));
  },
  json: (random) => {
    const vocabulary = new Vocabulary(random);
    return () => `${JSON.stringify(order(random, vocabulary), null, 2)},\n`;
  },
  code: () => {
    const files = listCode();
    let next = 0;
    return () => readFileSync(files[next++ % files.length] ?? '', 'utf8');
  },
  base64: (random) => () => `${random.text(base64Alphabet, 76)}\n`,
  'one line': (random) => {
    const vocabulary = new Vocabulary(random);
    return () => `${JSON.stringify(order(random, vocabulary))},`;
  },
};

function paragraph(random: Random, vocabulary: Vocabulary): string {
  let text = '';
  for (let n = random.between(2, 7); n > 0; n--) text += `${vocabulary.sentence()} `;
  if (random.below(12) === 0) text += `Write to ${emailAddress(random)}. `;
  if (random.below(12) === 0) text += `Call +49 30 ${random.digits(4)} ${random.digits(3)}. `;
  return `${text}\n\n`;
}

function logLine(random: Random, vocabulary: Vocabulary, time: Date): string {
  const level = random.pick(['DEBUG', 'INFO', 'INFO', 'INFO', 'INFO', 'WARN', 'ERROR']);
  const path = `/api/${vocabulary.word()}/${random.below(90_000)}`;
  const address = [10, random.below(256), random.below(256), random.below(256)].join('.');
  const request = `${random.hex(8)}-${random.hex(4)}-4${random.hex(3)}-a${random.hex(3)}-${random.hex(12)}`;
  const what = random.below(8);
  const detail =
    what === 0
      ? `user=${emailAddress(random)}`
      : what === 1
        ? `msg="${vocabulary.word()} ${vocabulary.word()} failed after ${random.below(5_000)} ms"`
        : `status=${random.pick([200, 200, 200, 201, 304, 404, 500])} bytes=${random.below(90_000)}`;
  return `${time.toISOString()} ${level} [worker-${random.below(16)}] ${address} request_id=${request} GET ${path} ${detail}\n`;
}

const csvHeader = 'id,first_name,last_name,email,date_of_birth,amount,currency,reference,card\n';

function csvRow(random: Random, row: number): string {
  const name = [random.pick(firstNames), random.pick(lastNames)];
  const born = `${random.between(1940, 2008)}-0${random.between(1, 9)}-${random.between(10, 28)}`;
  const amount = `${random.below(9_000)}.${random.digits(2)}`;
  const card = random.below(4) === 0 ? cardNumber(random) : '';
  const reference = `RF-${random.digits(9)}`;
  return `${row},${name.join()},${emailAddress(random)},${born},${amount},EUR,${reference},${card}\n`;
}

function order(random: Random, vocabulary: Vocabulary): Record<string, unknown> {
  return {
    id: random.hex(24),
    created: `2026-0${random.between(1, 9)}-${random.between(10, 28)}T10:${random.between(10, 59)}:07Z`,
    customer: {
      name: `${random.pick(firstNames)} ${random.pick(lastNames)}`,
      no: random.below(1e9),
    },
    note: vocabulary.sentence(),
    items: Array.from({ length: random.between(1, 4) }, () => ({
      sku: `${random.text('ABCDEFGH', 3)}-${random.digits(6)}`,
      title: `${vocabulary.word()} ${vocabulary.word()}`,
      quantity: random.between(1, 20),
      price: random.below(90_000) / 100,
    })),
    ...(random.below(10) === 0 && { email: emailAddress(random) }),
  };
}

function emailAddress(random: Random): string {
  const name = `${random.pick(firstNames)}.${random.pick(lastNames)}${random.below(500)}`;
  return `${name.toLowerCase()}@${random.pick(['mail', 'post', 'corp'])}-${random.below(40)}.eu`;
}

/** A number with the prefix and length of a card's and the check digit of ISO/IEC 7812-1. */
function cardNumber(random: Random): string {
  const digits = `4${random.digits(14)}`;
  const sum = [...digits].reduce((total, digit, at) => {
    const doubled = at % 2 === 0 ? Number(digit) * 2 : Number(digit);
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return `${digits}${(10 - (sum % 10)) % 10}`;
}

/** Source files of this project and of what it depends on, in the order of their paths. */
function listCode(): string[] {
  const files: string[] = [];
  let bytes = 0;
  const walk = (folder: string): void => {
    const entries = readdirSync(folder, { withFileTypes: true });
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const path = join(folder, entry.name);
      if (bytes > mostCodeBytes) return;
      if (entry.isDirectory()) walk(path);
      else if (entry.isFile() && /\.[cm]?[jt]s$/.test(entry.name)) {
        const { size } = statSync(path);
        if (size > mostFileBytes) continue;
        files.push(path);
        bytes += size;
      }
    }
  };
  for (const folder of ['src', 'test', 'bench', 'node_modules']) walk(join(root, folder));
  return files;
}
