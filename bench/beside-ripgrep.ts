import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { detectors } from '../src/engine/detector-list.ts';
import type { CorpusName } from './corpora.ts';
import { type PeerFigure, readCorpus, takeTurns } from './take-turns.ts';

/** Without Unicode: our anchors are bytes, too, and with it `\b` is many times slower. */
const flags = ['--text', '--threads=1', '--ignore-case', '--no-unicode', '--no-config'];

/** Whether `rg` can be run. */
export function hasRipgrep(): boolean {
  return spawnSync('rg', ['--version']).status === 0;
}

/**
 * Lets `rg` look for the anchors of all detectors, with one thread: what it takes to find the
 * candidates alone, without a check, context, place or score.
 */
export async function measureRipgrep(
  corpus: CorpusName,
  { bytes, mode }: { bytes: number; mode: '--count' | '--only-matching' },
): Promise<PeerFigure> {
  const folder = mkdtempSync(join(tmpdir(), 'scan-bench-'));
  try {
    const text = readCorpus(corpus, bytes);
    const file = join(folder, 'text');
    const patterns = join(folder, 'patterns');
    writeFileSync(file, text);
    writeFileSync(patterns, `${anchorPatterns().join('\n')}\n`);
    return await takeTurns([text], () => {
      const { stdout, status, stderr } = spawnSync(
        'rg',
        [...flags, '--file', patterns, mode, file],
        { maxBuffer: 4 * bytes + 1_048_576 },
      );
      if (status !== 0 && status !== 1) throw new Error(`rg failed: ${stderr}`);
      if (mode === '--count') return Number(stdout);
      return stdout.reduce((lines, byte) => lines + Number(byte === 0x0a), 0);
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Anchors as regular expressions: words, single bytes, and runs of digits. */
function anchorPatterns(): string[] {
  const patterns = detectors.flatMap(({ anchors: { forms = [], signs = [], words = [] } }) => [
    ...words.map(wordPattern),
    ...signs.map(({ sign }) => escapePattern(sign)),
    ...(forms.some(({ isStart }) => isStart) ? ['\\b[0-9]'] : []),
  ]);
  return [...new Set(patterns)];
}

/** A beginning of a word as bytes; there is no boundary in front of what is not ASCII. */
function wordPattern(word: string): string {
  const boundary = /^\w/.test(word) ? '\\b' : '';
  return `${boundary}${escapePattern(word).replaceAll(' ', '[ \\t_-]{1,3}')}`;
}

function escapePattern(text: string): string {
  return text
    .replace(/[\\^$.*+?()[\]{}|#&~-]/g, '\\$&')
    .replace(/[^\p{ASCII}]/gu, (char) =>
      [...Buffer.from(char)].map((byte) => `\\x${byte.toString(16)}`).join(''),
    );
}
