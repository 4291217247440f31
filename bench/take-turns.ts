import { defaultPolicy } from '../src/engine/policy.ts';
import { createScan } from '../src/engine/scan-text.ts';
import { type CorpusName, openCorpus } from './corpora.ts';

/** Time another program took over a text, and the engine's over the same. */
export interface PeerFigure {
  peerMilliseconds: number;
  ourMilliseconds: number;
  bytes: number;
  /** How much the peer reported, in its own units. */
  reported: number;
}

const turns = 3;
const fingerprintKey = new Uint8Array(32).fill(3);

/** Runs a peer and the engine over `files` in turns; of each the best time counts. */
export async function takeTurns(
  files: readonly Buffer[],
  runPeer: () => number | Promise<number>,
): Promise<PeerFigure> {
  const figure: PeerFigure = {
    peerMilliseconds: Number.POSITIVE_INFINITY,
    ourMilliseconds: Number.POSITIVE_INFINITY,
    bytes: files.reduce((sum, file) => sum + file.length, 0),
    reported: 0,
  };
  for (let turn = 0; turn < turns; turn++) {
    let started = performance.now();
    figure.reported = await runPeer();
    figure.peerMilliseconds = Math.min(figure.peerMilliseconds, performance.now() - started);
    started = performance.now();
    for (const file of files) scanFile(file);
    figure.ourMilliseconds = Math.min(figure.ourMilliseconds, performance.now() - started);
  }
  return figure;
}

/** The first `bytes` of a corpus. */
export function readCorpus(corpus: CorpusName, bytes: number): Buffer {
  const next = openCorpus(corpus);
  let text = '';
  while (text.length < bytes) text += next();
  return Buffer.from(text).subarray(0, bytes);
}

function scanFile(file: Buffer): void {
  const scan = createScan({ policy: defaultPolicy, fingerprintKey });
  scan.push(file);
  scan.finish();
}
