import type { OwnDetector } from '../src/engine/own-detector.ts';
import { defaultPolicy } from '../src/engine/policy.ts';
import { createScan } from '../src/engine/scan-text.ts';
import type { Policy } from '../src/engine/types.ts';
import { ownDetector } from '../test/engine/own-policy.ts';

/**
 * What a team's own detectors cost: the same text scanned without any, with 200 keywords, with a
 * dictionary of 50,000 words, with 50 patterns, and with all of them, in turns so that the ratio
 * holds on a noisy machine. Prints a Markdown table.
 */

const megabytes = 16;
const rounds = 5;

const syllables = 'ba ce di fo gu ha ki lo mu ne pa re si to vu wa xe yo zi an'.split(' ');
let state = 1;
const random = (below: number): number => {
  state = (state * 48_271) % 2_147_483_647;
  return state % below;
};
const word = (): string =>
  Array.from({ length: 1 + random(4) }, () => syllables[random(syllables.length)]).join('');

function makeText(): Uint8Array {
  const parts: string[] = [];
  for (let size = 0; size < megabytes * 1_048_576; ) {
    const line = Array.from({ length: 12 }, () =>
      random(20) === 0 ? String(random(1_000_000)) : word(),
    ).join(' ');
    parts.push(line, '\n');
    size += line.length + 1;
  }
  return Buffer.from(parts.join(''));
}

const keywords = Array.from({ length: 200 }, (_, n) =>
  ownDetector(`keyword_${n}`, { words: [`Project ${word()}${word()}x`] }),
);
const dictionary = ownDetector('dictionary', {
  words: Array.from({ length: 50_000 }, () => `${word()}${word()}q ltd`),
});
const forms = [
  (n: number) => `\\bE${n}-\\d{6}\\b`,
  (n: number) => `\\b[A-Z]{2}${n}\\d{4,8}\\b`,
  (n: number) => `(?i)contract ${n}/\\d{2,4}`,
  (n: number) => `\\p{Lu}\\p{L}{2,20}-${n}`,
  (n: number) => `\\b\\d{3}-${n}-\\d{3}\\b`,
];
const patterns = Array.from({ length: 50 }, (_, n) =>
  ownDetector(`pattern_${n}`, {
    patterns: [{ name: 'form', regex: forms[n % forms.length]?.(n + 10) ?? '' }],
  }),
);

const cases: Record<string, readonly OwnDetector[]> = {
  none: [],
  '200 keywords': keywords,
  'a dictionary of 50,000': [dictionary],
  '50 patterns': patterns,
  'all of them': [...keywords, dictionary, ...patterns],
};

const text = makeText();
const times = new Map<string, number[]>();
for (let round = 0; round < rounds; round++) {
  for (const [name, detectors] of Object.entries(cases)) {
    const policy: Policy = { ...defaultPolicy, detectors };
    scan(text.subarray(0, 4_096), policy);
    const start = performance.now();
    scan(text, policy);
    times.set(name, [...(times.get(name) ?? []), performance.now() - start]);
  }
}
process.stdout.write('| own detectors | MB/s | ratio |\n| --- | ---: | ---: |\n');
const median = (name: string): number =>
  (times.get(name) ?? []).toSorted((a, b) => a - b)[Math.floor(rounds / 2)] ?? 0;
for (const name of Object.keys(cases)) {
  const speed = (megabytes * 1_000) / median(name);
  const ratio = median(name) / median('none');
  process.stdout.write(`| ${name} | ${speed.toFixed(0)} | ${ratio.toFixed(2)} |\n`);
}

function scan(bytes: Uint8Array, policy: Policy): void {
  const running = createScan({ policy, fingerprintKey: new Uint8Array(32) });
  for (let at = 0; at < bytes.length; at += 65_536) running.push(bytes.subarray(at, at + 65_536));
  running.finish();
}
