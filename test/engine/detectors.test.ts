import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Detector } from '../../src/engine/detector.ts';
import { detectors } from '../../src/engine/detector-list.ts';
import { defaultPolicy } from '../../src/engine/policy.ts';
import { rawValue, scan } from './scan-for-test.ts';

/** What is left to fill in, as told to who writes a detector. */
function* missingOf(detector: Detector): Iterable<string> {
  const { anchors, category, weight, sources, hits, misses } = detector;
  // A provider's token is known by its form alone: two of each show it.
  const [least, number] = category === 'credential' ? [2, 'two'] : [5, 'five'];
  if (Object.keys(anchors).length === 0) {
    yield 'anchors: say at which digits, bytes or words it is asked, else it finds nothing';
  }
  if (!(weight > 0 && weight <= 1)) yield 'weight: give one over 0, at most 1';
  if (sources?.length === 0) yield 'sources: name the standard or the issuer of its form';
  if (hits.length < least) {
    yield `hits: bring ${number} texts or more, each with the values to be found in it`;
  }
  if (misses.length < least) {
    yield `misses: bring ${number} texts or more that look alike and hold none of it`;
  }
}

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

    it(`${detector.id} is filled in`, () => {
      assert.equal([...missingOf(detector)].join('\n'), '');
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
