import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { detectors } from '../src/engine/detector-list.ts';
import { defaultPolicy } from '../src/engine/policy.ts';
import { createScan } from '../src/engine/scan-text.ts';
import { type CorpusName, openCorpus } from './corpora.ts';

/** Time another program took over a text, and the engine's over the same in the same process. */
export interface PeerFigure {
  peerMilliseconds: number;
  ourMilliseconds: number;
  bytes: number;
  /** How much the peer reported, in its own units. */
  reported: number;
}

const fileBytes = 1_048_576;
const fingerprintKey = new Uint8Array(32).fill(3);

/** Whether `rg` can be run. */
export function hasRipgrep(): boolean {
  return spawnSync('rg', ['--version']).status === 0;
}

/**
 * Lets `rg` look for the anchors of all detectors, with one thread: what it takes to find the
 * candidates alone, without a check, context, place or score.
 */
export function measureRipgrep(
  corpus: CorpusName,
  { bytes, mode }: { bytes: number; mode: '--count' | '--only-matching' },
): PeerFigure {
  const folder = mkdtempSync(join(tmpdir(), 'scan-bench-'));
  try {
    const text = textOf(corpus, bytes);
    const file = join(folder, 'text');
    const patterns = join(folder, 'patterns');
    writeFileSync(file, text);
    writeFileSync(patterns, `${anchorPatterns().join('\n')}\n`);
    const args = ['--text', '--threads=1', '--ignore-case', '--no-config', '--file', patterns];
    const run = (): { milliseconds: number; out: string } => {
      const started = performance.now();
      const { stdout, status, stderr } = spawnSync('rg', [...args, mode, file], {
        maxBuffer: 4 * bytes + 1_048_576,
        encoding: 'latin1',
      });
      if (status !== 0 && status !== 1) throw new Error(`rg failed: ${stderr}`);
      return { milliseconds: performance.now() - started, out: stdout };
    };
    run();
    const { milliseconds, out } = run();
    const lines = mode === '--count' ? Number(out) : out.split('\n').length - 1;
    scanFiles([text]);
    return {
      peerMilliseconds: milliseconds,
      ourMilliseconds: scanFiles([text]),
      bytes: text.length,
      reported: lines,
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Anchors as regular expressions: words, single bytes, and runs of digits. */
export function anchorPatterns(): string[] {
  const patterns = new Set<string>();
  for (const { anchors } of detectors) {
    const { digitRuns, bytes = '', words = [] } = anchors;
    for (const word of words)
      patterns.add(`\\b${escapePattern(word).replaceAll(' ', '[ \\t_-]{1,3}')}`);
    for (const byte of bytes) patterns.add(escapePattern(byte));
    if (digitRuns !== undefined) patterns.add(`\\b[0-9]{${digitRuns.min},${digitRuns.max}}`);
  }
  return [...patterns];
}

function escapePattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|#&~-]/g, '\\$&');
}

/** Whether the development dependencies with secretlint are installed. */
export function hasSecretlint(): boolean {
  const require = createRequire(import.meta.url);
  try {
    require.resolve('@secretlint/core');
    require.resolve('@secretlint/secretlint-rule-preset-recommend');
    return true;
  } catch {
    return false;
  }
}

/** Lets secretlint's recommended rules look through the text in files of 1 MiB. */
export async function measureSecretlint(
  corpus: CorpusName,
  { bytes }: { bytes: number },
): Promise<PeerFigure> {
  const { lintSource } = await import('@secretlint/core');
  const { creator } = await import('@secretlint/secretlint-rule-preset-recommend');
  const text = textOf(corpus, bytes);
  const files: Buffer[] = [];
  for (let at = 0; at < text.length; at += fileBytes) files.push(text.subarray(at, at + fileBytes));
  const options = {
    noPhysicFilePath: true,
    config: { rules: [{ id: 'preset', rule: creator }] },
  };
  const lint = async (): Promise<number> => {
    let messages = 0;
    for (const [at, file] of files.entries()) {
      const content = file.toString();
      const source = { content, filePath: `file-${at}.txt`, ext: '.txt', contentType: 'text' };
      messages += (await lintSource({ source: { ...source, contentType: 'text' }, options }))
        .messages.length;
    }
    return messages;
  };
  await lint();
  const started = performance.now();
  const reported = await lint();
  const peerMilliseconds = performance.now() - started;
  scanFiles(files);
  return { peerMilliseconds, ourMilliseconds: scanFiles(files), bytes: text.length, reported };
}

/** Scans each buffer as a file; gives milliseconds. */
function scanFiles(files: readonly Buffer[]): number {
  const started = performance.now();
  for (const file of files) {
    const scan = createScan({ policy: defaultPolicy, fingerprintKey });
    scan.push(file);
    scan.finish();
  }
  return performance.now() - started;
}

function textOf(corpus: CorpusName, bytes: number): Buffer {
  const next = openCorpus(corpus);
  let text = '';
  while (text.length < bytes) text += next();
  return Buffer.from(text).subarray(0, bytes);
}
