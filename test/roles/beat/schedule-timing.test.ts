import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { findNextTick, jitterOf } from '../../../src/roles/beat/schedule-timing.ts';

function ticks(
  timing: { cron?: string; timeZone?: string; intervalSeconds?: number },
  after: string,
  count: number,
): string[] {
  const { cron = null, timeZone = 'UTC', intervalSeconds = null } = timing;
  const found: string[] = [];
  let time = Date.parse(after);
  while (found.length < count) {
    time = findNextTick({ cron, timeZone, intervalSeconds }, time) ?? Number.NaN;
    found.push(new Date(time).toISOString().replace('.000Z', 'Z'));
  }
  return found;
}

describe('findNextTick()', () => {
  const cron: [string, string, string, string[]][] = [
    [
      '*/5 * * * * *',
      'UTC',
      '2026-01-01T00:00:01Z',
      ['2026-01-01T00:00:05Z', '2026-01-01T00:00:10Z'],
    ],
    [
      '0 3 * * *',
      'Europe/Vienna',
      '2026-01-01T00:00:00Z',
      ['2026-01-01T02:00:00Z', '2026-01-02T02:00:00Z'],
    ],
    // 02:30 does not exist on 29 March and comes twice on 25 October.
    [
      '30 2 * * *',
      'Europe/Vienna',
      '2026-03-28T12:00:00Z',
      ['2026-03-29T01:00:00Z', '2026-03-30T00:30:00Z'],
    ],
    [
      '30 2 * * *',
      'Europe/Vienna',
      '2026-10-24T12:00:00Z',
      ['2026-10-25T00:30:00Z', '2026-10-26T01:30:00Z'],
    ],
    [
      '*/30 * * * *',
      'Europe/Vienna',
      '2026-03-29T00:20:00Z',
      ['2026-03-29T00:30:00Z', '2026-03-29T01:00:00Z', '2026-03-29T01:30:00Z'],
    ],
    [
      '*/30 * * * *',
      'Europe/Vienna',
      '2026-10-25T00:20:00Z',
      ['2026-10-25T00:30:00Z', '2026-10-25T01:00:00Z', '2026-10-25T01:30:00Z'],
    ],
    ['0 0 29 2 *', 'UTC', '2026-01-01T00:00:00Z', ['2028-02-29T00:00:00Z', '2032-02-29T00:00:00Z']],
    [
      '0 9 * * MON',
      'America/New_York',
      '2026-01-01T00:00:00Z',
      ['2026-01-05T14:00:00Z', '2026-01-12T14:00:00Z'],
    ],
    ['@daily', 'UTC', '2026-01-01T12:00:00Z', ['2026-01-02T00:00:00Z']],
  ];
  for (const [pattern, timeZone, after, expected] of cron) {
    it(`knows when "${pattern}" comes in ${timeZone} after ${after}`, () => {
      assert.deepEqual(ticks({ cron: pattern, timeZone }, after, expected.length), expected);
    });
  }

  it('aligns intervals to multiples since 1970, whenever it is asked', () => {
    assert.deepEqual(ticks({ intervalSeconds: 10 }, '2026-01-01T00:00:03.217Z', 2), [
      '2026-01-01T00:00:10Z',
      '2026-01-01T00:00:20Z',
    ]);
    assert.deepEqual(ticks({ intervalSeconds: 3_600 }, '2026-01-01T01:00:00Z', 1), [
      '2026-01-01T02:00:00Z',
    ]);
  });

  it('finds no tick of a day that never comes', () => {
    const timing = { cron: '0 0 30 2 *', timeZone: 'UTC', intervalSeconds: null };
    assert.equal(findNextTick(timing, 0), undefined);
  });

  for (const pattern of [
    '',
    '61 * * * *',
    '* * * *',
    '* * * * * * *',
    '2030-01-01T00:00:00',
    'x y z a b',
  ]) {
    it(`takes "${pattern}" for no pattern`, () => {
      const timing = { cron: pattern, timeZone: 'UTC', intervalSeconds: null };
      assert.throws(() => findNextTick(timing, 0));
    });
  }
});

describe('jitterOf()', () => {
  it('is the same for the same tick, within its bound, and differs between ticks', () => {
    const values = Array.from({ length: 50 }, (_, index) => jitterOf('nightly', index, 60));
    assert.deepEqual(
      values,
      Array.from({ length: 50 }, (_, index) => jitterOf('nightly', index, 60)),
    );
    assert.ok(values.every((value) => value >= 0 && value < 60_000));
    assert.ok(new Set(values).size > 40);
    assert.equal(jitterOf('nightly', 1, 0), 0);
  });
});
