import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { defaultPolicy } from '../../src/engine/policy.ts';
import { createScan, type ScanOptions } from '../../src/engine/scan-text.ts';
import type { ScanReport } from '../../src/engine/types.ts';
import { anyFiller, anyKey, anyPersonal, anySensitive } from './arbitrary-texts.ts';
import { ownDetector, policyWith } from './own-policy.ts';
import { scan, testKey } from './scan-for-test.ts';

const anyPart = fc
  .array(fc.oneof(anyFiller, anySensitive, anyPersonal, anyKey), { maxLength: 12 })
  .map((pieces) => pieces.join(' '));

function scanParts(parts: readonly string[], options: Partial<ScanOptions> = {}): ScanReport {
  const running = createScan({ policy: defaultPolicy, fingerprintKey: testKey, ...options });
  for (const part of parts) {
    running.startPart();
    running.push(Buffer.from(part));
  }
  return running.finish();
}

describe('Scan.startPart()', () => {
  for (const [name, policy] of [
    ['the default policy', defaultPolicy],
    [
      'a policy with patterns of its own',
      policyWith({
        detectors: [
          ownDetector('reference', { patterns: [{ name: 'plain', regex: '[a-z]{4}[0-9]+' }] }),
        ],
      }),
    ],
  ] as const) {
    it(`finds in each part what a scan of it alone finds, under ${name}`, () => {
      fc.assert(
        fc.property(
          fc.array(anyPart, { minLength: 1, maxLength: 4 }),
          fc.integer({ min: 700, max: 9_000 }),
          (parts, windowBytes) => {
            const together = scanParts(parts, { policy, windowBytes });
            const alone = parts.map((part) => scan(part, { policy }));
            assert.deepEqual(
              together.findings,
              alone.flatMap(({ findings }) => findings),
            );
            const sum = (of: (report: ScanReport) => number): number =>
              alone.reduce((total, report) => total + of(report), 0);
            assert.equal(
              together.lines,
              sum(({ lines }) => lines),
            );
            assert.equal(
              together.bytes,
              sum(({ bytes }) => bytes),
            );
            assert.equal(
              together.findingsTotal,
              sum(({ findingsTotal }) => findingsTotal),
            );
          },
        ),
        { numRuns: 60 },
      );
    });
  }

  it('counts a value that two parts have as one', () => {
    const part = 'my ssn is 130-07-5728';
    const [share] = scanParts([part, part, part]).shares;
    assert.deepEqual([share?.count, share?.distinct], [3, 1]);
  });

  it('reads a header in each part, and lets none of it speak for the next', () => {
    const table = 'name,ssn\nx,130-07-5728\n';
    const bare = '1,2\n3,130-07-5728\n';
    const confidences = (report: ScanReport): number[] =>
      report.findings.map(({ confidence }) => confidence);
    const [named] = confidences(scan(table));
    const [unnamed] = confidences(scan(bare));
    assert.notEqual(named, unnamed);
    assert.deepEqual(confidences(scanParts([table, bare, table])), [named, unnamed, named]);
  });
});
