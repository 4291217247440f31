import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ScanOutput } from '../../src/documents/scan-output.ts';
import { defaultPolicy } from '../../src/engine/policy.ts';
import type { Place } from '../../src/engine/types.ts';

const ssn = 'ssn 130-07-5728';

/** Scans one sheet of short cells in a row, of which some have a number. */
function placesIn(cells: number, isNumber: (n: number) => boolean): Place[] {
  const output = new ScanOutput({ policy: defaultPolicy, fingerprintKey: new Uint8Array(32) });
  output.startPart({ sheet: 'One' }, undefined);
  for (let n = 0; n < cells; n += 1) {
    output.write(isNumber(n) ? ssn : 'x', `A${n}`);
    output.write('\n', undefined);
  }
  return output.finish().findings.map(({ place }) => place);
}

describe('ScanOutput', () => {
  it('tells the cell of each finding', () => {
    const places = placesIn(1_000, (n) => n % 100 === 7);
    assert.deepEqual(
      places.map(({ sheet, cell, extracted }) => [sheet, cell, extracted]),
      Array.from({ length: 10 }, (_, n) => ['One', `A${n * 100 + 7}`, true]),
    );
  });

  it('tells it in a sheet of a million short cells, in little time', { timeout: 20_000 }, () => {
    const cells = 1_000_000;
    const numbered = [0, 65_536, 131_072, 400_001, cells - 1];
    const places = placesIn(cells, (n) => numbered.includes(n));
    assert.deepEqual(
      places.map(({ cell }) => cell),
      numbered.map((n) => `A${n}`),
    );
  });

  it('counts places in each part anew', () => {
    const output = new ScanOutput({ policy: defaultPolicy, fingerprintKey: new Uint8Array(32) });
    for (const page of [1, 2]) {
      output.startPart({ page }, undefined);
      output.write(`äöü ${ssn}`, undefined);
    }
    const { findings } = output.finish();
    assert.deepEqual(
      findings.map(({ place }) => [place.page, place.offset, place.line, place.column]),
      [
        [1, 11, 1, 9],
        [2, 11, 1, 9],
      ],
    );
  });
});
