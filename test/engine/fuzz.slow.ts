import assert from 'node:assert/strict';
import { availableParallelism } from 'node:os';
import { test } from 'node:test';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { detectors } from '../../src/engine/detector-list.ts';
import type { ScanReport } from '../../src/engine/types.ts';
import { scan } from './scan-for-test.ts';

/** Inputs in all; their seeds follow one another. */
const inputs = 1_000_000;
/** One input in so many is scanned again in pieces and small windows. */
const cutEvery = 16;
const threads = Math.min(4, availableParallelism());

interface Share {
  seed: number;
  count: number;
}

/** Bytes that texts have and parsers trip over: NUL, line ends, marks, halves of characters. */
const oddities = [
  [0x00],
  [0x0d],
  [0x0a],
  [0x0d, 0x0a],
  [0x09],
  [0xef, 0xbb, 0xbf],
  [0xff, 0xfe],
  [0xed, 0xa0, 0x80],
  [0xed, 0xb0, 0x80],
  [0xc2],
  [0xe2, 0x80],
  [0xf0, 0x9f, 0x98],
  [0x80],
  [0xff],
  [0xc2, 0xa0],
  [0xe3, 0x80, 0x80],
  [0xe2, 0x80, 0xa8],
  [0x22],
  [0x5c],
  [0x2c],
  [0x3b],
].map((bytes) => Uint8Array.from(bytes));

if (isMainThread) {
  test(`${inputs.toLocaleString('en')} inputs of any bytes are scanned, the same in pieces`, async () => {
    const first = Date.now() >>> 0;
    const count = Math.ceil(inputs / threads);
    const shares = Array.from({ length: threads }, (_, n) => ({ seed: first + n * count, count }));
    await Promise.all(shares.map(runShare));
  });
} else {
  const { seed, count } = workerData as Share;
  const { texts, words } = readExamples();
  for (let n = 0; n < count; n++) checkInput(seed + n, n % cutEvery === 0, texts, words);
  parentPort?.postMessage('done');
}

function runShare(share: Share): Promise<void> {
  return new Promise((done, reject) => {
    const thread = new Worker(import.meta.filename, { workerData: share });
    thread.once('message', () => done());
    thread.once('error', reject);
  });
}

function readExamples(): { texts: Uint8Array[]; words: Uint8Array[] } {
  const encoder = new TextEncoder();
  const all = detectors.flatMap(({ hits, misses }) => [...hits.map((hit) => hit.text), ...misses]);
  const texts = all.filter((text) => text.length < 400);
  const words = detectors.flatMap(({ context }) =>
    context.flatMap((group) => Object.values(group.words).flat()),
  );
  return {
    texts: texts.map((text) => encoder.encode(text)),
    words: words.map((word) => encoder.encode(` ${word}: `)),
  };
}

function checkInput(
  seed: number,
  isCut: boolean,
  texts: readonly Uint8Array[],
  words: readonly Uint8Array[],
): void {
  const random = generator(seed);
  const input = makeInput(random, texts, words);
  try {
    const report = scan(input);
    checkReport(report, input.length);
    if (!isCut) return;
    const cut = scan(input, { chunkBytes: 1 + random(40), windowBytes: 1 + random(64) });
    assert.deepEqual(cut, report);
  } catch (error) {
    throw new Error(`seed ${seed}: ${Buffer.from(input).toString('base64')}`, { cause: error });
  }
}

function checkReport(report: ScanReport, bytes: number): void {
  assert.equal(report.bytes, bytes);
  assert.ok(report.score >= 0 && report.score <= 100);
  const shares = report.shares.reduce((sum, { share }) => sum + share, 0);
  assert.ok(shares >= 0 && shares <= 100);
  for (const { place, confidence } of report.findings) {
    assert.ok(place.length > 0 && place.offset >= 0 && place.offset + place.length <= bytes);
    assert.ok(place.line >= 1 && place.line <= report.lines && place.column >= 1);
    assert.ok(confidence > 0 && confidence <= 1);
  }
}

/** Random bytes, or examples and words one after the other with bytes changed and odd ones put in. */
function makeInput(
  random: (below: number) => number,
  texts: readonly Uint8Array[],
  words: readonly Uint8Array[],
): Uint8Array {
  if (random(8) === 0) return Uint8Array.from({ length: random(200) }, () => random(256));
  const parts: Uint8Array[] = [];
  for (let n = 1 + random(4); n > 0; n--) {
    const pool = [texts, words, oddities][Math.min(2, random(4))] ?? texts;
    parts.push(pool[random(pool.length)] ?? oddities[0] ?? new Uint8Array(1));
  }
  const input = Uint8Array.from(Buffer.concat(parts));
  for (let n = random(4); n > 0 && input.length > 0; n--) {
    const at = random(input.length);
    if (random(2) === 0) input[at] = random(256);
    else input.set((oddities[random(oddities.length)] ?? input).subarray(0, input.length - at), at);
  }
  return input.subarray(random(8) === 0 ? random(input.length + 1) : 0);
}

/** Numbers below a bound, the same for the same seed (mulberry32). */
function generator(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b_79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296) * below);
  };
}
