import assert from 'node:assert/strict';
import { test } from 'node:test';
import { detectors } from '../../src/engine/detector-list.ts';
import { defaultPolicy } from '../../src/engine/policy.ts';
import { planScan } from '../../src/engine/scan-plan.ts';
import { createScan } from '../../src/engine/scan-text.ts';
import { scan, testKey } from './scan-for-test.ts';

const texts = [
  'Dear Ms. Miller, please write to ann.miller@mail.eu or call +49 30 1234 5678.\n',
  'name,iban,date of birth\nAnn Lee,DE89 3704 0044 0532 0130 00,1980-02-03\n',
  'social security number: 078-05-1121, card 4242 4242 4242 4242\n',
  '123 4567 1980-02-03 ann.miller@mail.eu',
];

test('`planScan()` makes one plan for a list and a policy', () => {
  const plan = planScan(detectors, defaultPolicy);
  assert.equal(planScan(detectors, defaultPolicy), plan);
  assert.notEqual(planScan(detectors, { ...defaultPolicy }), plan);
});

test('scans that are open at once, or one after another, know nothing of each other', () => {
  const alone = texts.map((text) => scan(text, { policy: { ...defaultPolicy } }));
  for (let round = 0; round < 3; round++) {
    const open = texts.map(() => createScan({ policy: defaultPolicy, fingerprintKey: testKey }));
    for (let at = 0; at < 100; at += 7) {
      open.forEach((one, n) => {
        one.push(Buffer.from(texts[n] ?? '').subarray(at, at + 7));
      });
    }
    open.forEach((one, n) => {
      if ((n + round) % 2 === 0) assert.deepEqual(one.finish(), alone[n]);
    });
    open.forEach((one, n) => {
      if ((n + round) % 2 === 1) assert.deepEqual(one.finish(), alone[n]);
    });
  }
});

test('a scan finds the same when the states of forms are forgotten before it reads', () => {
  const expected = texts.map((text) => scan(text));
  const plan = planScan(detectors, defaultPolicy);
  texts.forEach((text, n) => {
    const tools = plan.takeTools();
    tools.kernel.forms.forget();
    plan.returnTools(tools);
    assert.deepEqual(scan(text), expected[n]);
  });
});
