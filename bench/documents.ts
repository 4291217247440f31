import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { PartOutput } from '../src/documents/part-output.ts';
import { readDocument } from '../src/documents/read-document.ts';
import { scanDocument } from '../src/documents/scan-document.ts';
import { defaultPolicy } from '../src/engine/policy.ts';
import { createScan } from '../src/engine/scan-text.ts';
import { makeSheetSource, makeTextSource } from '../test/documents/office-sources.ts';
import { openCorpus } from './corpora.ts';

/**
 * How fast documents become text, and what that adds to scanning them. `npm run bench:documents`;
 * needs LibreOffice and poppler's `pdftotext` on the path. Prints Markdown tables.
 */

const policy = defaultPolicy;
const fingerprintKey = new Uint8Array(32);
const folder = mkdtempSync(join(tmpdir(), 'sensitivity-bench-documents-'));

class Discarded implements PartOutput {
  characters = 0;
  pages = 0;

  startPart({ page }: { page?: number }): void {
    if (page !== undefined) this.pages = Math.max(this.pages, page);
  }

  push(utf8: Uint8Array): void {
    this.characters += utf8.length;
  }

  write(text: string): void {
    this.characters += text.length;
  }
}

async function* chunks(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 262_144) yield bytes.subarray(at, at + 262_144);
}

async function timed<Result>(work: () => Promise<Result>): Promise<{ s: number; result: Result }> {
  const start = performance.now();
  const result = await work();
  return { s: (performance.now() - start) / 1_000, result };
}

function convert(name: string, format: string): Uint8Array {
  const profile = `-env:UserInstallation=file://${join(folder, 'profile')}`;
  const args = ['--headless', profile, '--convert-to', format, '--outdir', folder];
  execFileSync('soffice', [...args, join(folder, name)], { stdio: 'ignore' });
  return new Uint8Array(readFileSync(join(folder, name.replace(/\.\w+$/, `.${format}`))));
}

try {
  for (const tool of ['soffice', 'pdftotext']) {
    if (spawnSync('which', [tool]).status !== 0) throw new Error(`${tool} is not on the path`);
  }
  await measureFormats();
  await measurePlain();
} finally {
  rmSync(folder, { recursive: true });
}

async function measureFormats(): Promise<void> {
  const prose = openCorpus('prose');
  const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  const paragraphs = (count: number): string =>
    Array.from({ length: count }, () => escaped(prose().trim())).join('</text:p><text:p>');
  const empty = { header: '', note: 'x', comment: 'x', hidden: 'x' };
  // Some thousand pages.
  const text = makeTextSource({ ...empty, body: paragraphs(11_500) });
  const row = (n: number): string => `row ${n} ${escaped(prose().slice(0, 60))}`;
  const rows = Array.from({ length: 60_000 }, (_, n) => row(n)).join(
    '</text:p></table:table-cell></table:table-row><table:table-row><table:table-cell office:value-type="string"><text:p>',
  );
  const sheet = makeSheetSource({ ...empty, body: rows });
  writeFileSync(join(folder, 'text.fodt'), text);
  writeFileSync(join(folder, 'sheet.fods'), sheet);
  process.stdout.write('| format | MB | text, MB | pages | s | text, MB/s | pages/s |\n');
  process.stdout.write('| --- | ---: | ---: | ---: | ---: | ---: | ---: |\n');
  for (const format of ['docx', 'odt', 'rtf', 'doc', 'pdf']) {
    await measure(format, convert('text.fodt', format));
  }
  measurePdftotext();
  for (const format of ['xlsx', 'ods', 'xls']) await measure(format, convert('sheet.fods', format));
  await measure('gzip of prose', new Uint8Array(gzipSync(pieceOf('prose', 32 * 1_048_576))));
}

async function measure(format: string, bytes: Uint8Array): Promise<void> {
  const output = new Discarded();
  const { s, result } = await timed(() => readDocument(chunks(bytes), output));
  const problem = result.problem === null ? '' : ` (${result.problem})`;
  row(`${format}${problem}`, bytes.length, { ...output, s });
}

function measurePdftotext(): void {
  const path = join(folder, 'text.pdf');
  const start = performance.now();
  execFileSync('pdftotext', [path, `${path}.txt`]);
  const s = (performance.now() - start) / 1_000;
  const characters = statSync(`${path}.txt`).size;
  const pages = readFileSync(`${path}.txt`, 'latin1').split('\f').length - 1;
  row('pdf, by `pdftotext`', statSync(path).size, { characters, pages, s });
}

function row(
  name: string,
  bytes: number,
  { characters, pages, s }: { characters: number; pages: number; s: number },
): void {
  const megabytes = (count: number): string => (count / 1e6).toFixed(1);
  const perSecond = pages > 0 ? (pages / s).toFixed(0) : '';
  const cells = [name, megabytes(bytes), megabytes(characters), pages || '', s.toFixed(2)];
  process.stdout.write(`| ${[...cells, megabytes(characters / s), perSecond].join(' | ')} |\n`);
}

function pieceOf(name: 'prose' | 'csv' | 'logs', bytes: number): Uint8Array {
  const next = openCorpus(name);
  const pieces: Buffer[] = [];
  for (let size = 0; size < bytes; ) {
    const piece = Buffer.from(next());
    pieces.push(piece);
    size += piece.length;
  }
  return new Uint8Array(Buffer.concat(pieces));
}

/** What telling format and encoding and keeping places adds to the engine's own time. */
async function measurePlain(): Promise<void> {
  process.stdout.write('\n| text of 100 MB | engine alone, s | as a document, s | ratio |\n');
  process.stdout.write('| --- | ---: | ---: | ---: |\n');
  for (const name of ['csv', 'logs'] as const) {
    const bytes = pieceOf(name, 100_000_000);
    const alone = async (): Promise<void> => {
      const scan = createScan({ policy, fingerprintKey });
      for await (const chunk of chunks(bytes)) scan.push(chunk);
      scan.finish();
    };
    const whole = (): Promise<unknown> => scanDocument(chunks(bytes), { policy, fingerprintKey });
    const times = { alone: [] as number[], whole: [] as number[] };
    for (let turn = 0; turn < 3; turn += 1) {
      times.alone.push((await timed(alone)).s);
      times.whole.push((await timed(whole)).s);
    }
    const [one, other] = [Math.min(...times.alone), Math.min(...times.whole)];
    const cells = [name, one.toFixed(2), other.toFixed(2), (other / one).toFixed(2)];
    process.stdout.write(`| ${cells.join(' | ')} |\n`);
  }
}
