import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { detectors } from '../../src/engine/detector-list.ts';
import { defaultPolicy } from '../../src/engine/policy.ts';
import { rawValue, scan } from './scan-for-test.ts';

describe('every detector', () => {
  it('has an id of its own, in the order of the list', () => {
    const ids = detectors.map((detector) => detector.id);
    assert.deepEqual(ids, [...new Set(ids)].sort());
  });

  for (const detector of detectors) {
    // What never reaches the default minimum is judged without one, and without its betters.
    const isShy = (detector.maxConfidence ?? 1) < defaultPolicy.minConfidence;
    const options = isShy
      ? { policy: { ...defaultPolicy, minConfidence: 0 }, detectors: [detector] }
      : {};

    it(`${detector.id} brings at least five hits and five misses`, () => {
      assert.ok(detector.hits.length >= 5);
      assert.ok(detector.misses.length >= 5);
    });

    for (const { text, values } of detector.hits) {
      it(`${detector.id} finds its values in ${JSON.stringify(text.slice(0, 60))}`, () => {
        const found = scan(text, options).findings.filter(
          (finding) => finding.type === detector.id,
        );
        assert.deepEqual(
          found.map((finding) => rawValue(text, finding)),
          values,
        );
      });
    }

    for (const text of detector.misses) {
      it(`${detector.id} finds nothing in ${JSON.stringify(text.slice(0, 60))}`, () => {
        const found = scan(text, options).findings.filter(
          (finding) => finding.type === detector.id,
        );
        assert.deepEqual(found, []);
      });
    }
  }
});
