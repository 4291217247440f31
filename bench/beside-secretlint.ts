import { createRequire } from 'node:module';
import type { CorpusName } from './corpora.ts';
import { type PeerFigure, readCorpus, takeTurns } from './take-turns.ts';

const fileBytes = 1_048_576;
const packages = ['@secretlint/core', '@secretlint/secretlint-rule-preset-recommend'];

/** Whether the development dependencies with secretlint are installed. */
export function hasSecretlint(): boolean {
  const require = createRequire(import.meta.url);
  try {
    for (const name of packages) require.resolve(name);
    return true;
  } catch {
    return false;
  }
}

/** Lets secretlint's recommended rules look through a text in files of 1 MiB, in this process. */
export async function measureSecretlint(
  corpus: CorpusName,
  { bytes }: { bytes: number },
): Promise<PeerFigure> {
  const { lintSource } = await import('@secretlint/core');
  const { creator } = await import('@secretlint/secretlint-rule-preset-recommend');
  const text = readCorpus(corpus, bytes);
  const files: Buffer[] = [];
  for (let at = 0; at < text.length; at += fileBytes) files.push(text.subarray(at, at + fileBytes));
  const config = { rules: [{ id: 'preset', rule: creator }] };
  return await takeTurns(files, async () => {
    let messages = 0;
    for (const [at, file] of files.entries()) {
      const name = { filePath: `file-${at}.txt`, ext: '.txt', contentType: 'text' } as const;
      const source = { ...name, content: file.toString() };
      const result = await lintSource({ source, options: { noPhysicFilePath: true, config } });
      messages += result.messages.length;
    }
    return messages;
  });
}
