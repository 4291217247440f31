import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { detectors } from '../../src/engine/detector-list.ts';
import { rawValue, scan } from './scan-for-test.ts';

describe('every detector', () => {
  it('has an id of its own, in the order of the list', () => {
    const ids = detectors.map((detector) => detector.id);
    assert.deepEqual(ids, [...new Set(ids)].sort());
  });

  for (const detector of detectors) {
    // A provider's token is known by its shape alone; two of each show it.
    const least = detector.category === 'credential' ? 2 : 5;
    it(`${detector.id} brings at least ${least} hits and ${least} misses`, () => {
      assert.ok(detector.hits.length >= least);
      assert.ok(detector.misses.length >= least);
    });

    for (const { text, values } of detector.hits) {
      it(`${detector.id} finds its values in ${JSON.stringify(text.slice(0, 60))}`, () => {
        const found = scan(text).findings.filter((finding) => finding.type === detector.id);
        assert.deepEqual(
          found.map((finding) => rawValue(text, finding)),
          values,
        );
      });
    }

    for (const text of detector.misses) {
      it(`${detector.id} finds nothing in ${JSON.stringify(text.slice(0, 60))}`, () => {
        const found = scan(text).findings.filter((finding) => finding.type === detector.id);
        assert.deepEqual(found, []);
      });
    }
  }
});
