import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { anyFiller, anyKey, anyPersonal, anySensitive, anyText } from './arbitrary-texts.ts';
import { scan } from './scan-for-test.ts';

/** Long enough that small windows move on many times. */
const anyLongText = fc
  .array(
    fc.oneof(
      { weight: 6, arbitrary: anyFiller },
      { weight: 3, arbitrary: anySensitive },
      { weight: 2, arbitrary: anyPersonal },
      { weight: 1, arbitrary: anyKey },
      { weight: 1, arbitrary: fc.integer({ min: 1, max: 9_000 }).map((n) => 'lorem '.repeat(n)) },
    ),
    { minLength: 40, maxLength: 120, size: 'max' },
  )
  .map((parts) => parts.join('').padEnd(180_000, ' x'));

describe('createScan()', () => {
  it('finds the same whether a text comes in one piece, in chunks or byte by byte', () => {
    fc.assert(
      fc.property(
        anyText,
        anyPersonal,
        fc.integer({ min: 1, max: 50 }),
        (some, personal, chunkBytes) => {
          const text = `${personal}\n${some} ${personal}`;
          const whole = scan(text, { chunkBytes: 1e9 });
          assert.deepEqual(scan(text, { chunkBytes }), whole);
          assert.deepEqual(scan(text, { chunkBytes: 1 }), whole);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('finds the same with windows of any size, also where values lie across their edges', () => {
    const window = fc.integer({ min: 700, max: 30_000 });
    fc.assert(
      fc.property(
        anyLongText,
        window,
        fc.integer({ min: 500, max: 70_000 }),
        (text, size, chunk) => {
          const whole = scan(text, { chunkBytes: 1e9, windowBytes: 4_000_000 });
          const cut = scan(text, { chunkBytes: chunk, windowBytes: size });
          assert.deepEqual(cut, whole);
        },
      ),
      // Texts this long are not made smaller in any useful time.
      { numRuns: 12, endOnFailure: true },
    );
  });

  it('counts columns and lines in a line longer than any window', () => {
    const part = `${'ä'.repeat(40_000)}😀 ssn 130-07-5728`;
    const { findings, lines } = scan(`${part.repeat(6)}\nssn 214-89-6712`, { windowBytes: 5_000 });
    assert.equal(lines, 2);
    assert.deepEqual(
      findings.map(({ place }) => [place.line, place.column]),
      [...Array.from({ length: 6 }, (_, n) => [1, part.length * (n + 1) - 10]), [2, 5]],
    );
  });

  it('counts columns in a line whose start is gone when the pass is many lines further', () => {
    const long = `${'ä'.repeat(70_000)} ssn 130-07-5728 ${'ä'.repeat(20_000)} ssn 214-89-6712`;
    const text = `${long}\n${'x\n'.repeat(40_000)}`;
    const whole = scan(text, { chunkBytes: 1e9, windowBytes: 4_000_000 });
    for (const windowBytes of [700, 888, 5_000, 30_000]) {
      assert.deepEqual(scan(text, { windowBytes }).findings, whole.findings);
    }
  });

  it('finds a private key of many lines across windows, and its cut-off 64 KB when it is longer', () => {
    const line = 'MIIEpAIBAAKCAQEA6NF8iallvQVp22WDkTkyrtvp9eWW6A8YVr+kz4TjGYe7gHzI\n';
    const dashes = '-'.repeat(5);
    const begin = `${dashes}BEGIN RSA PRIVATE KEY${dashes}\n`;
    const end = `${dashes}END RSA PRIVATE KEY${dashes}\n`;
    const text = `${'x '.repeat(70_000)}\n${begin}${line.repeat(500)}${end}`;
    const [found] = scan(text, { windowBytes: 3_000 }).findings;
    assert.equal(found?.place.length, begin.length + 500 * line.length + end.length - 1);
    const endless = scan(begin + line.repeat(4_000), { windowBytes: 3_000 });
    assert.equal(endless.findingsTotal, 1);
    assert.ok((endless.findings[0]?.place.length ?? 0) <= 65_536);
  });

  it('refuses text after it is finished, and to finish twice', async () => {
    const { createScan } = await import('../../src/engine/scan-text.ts');
    const { defaultPolicy } = await import('../../src/engine/policy.ts');
    const running = createScan({ policy: defaultPolicy, fingerprintKey: new Uint8Array(8) });
    running.finish();
    assert.throws(() => running.push(new Uint8Array(1)), /finished/);
    assert.throws(() => running.finish(), /once/);
  });
});
