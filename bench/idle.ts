import { readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { Up } from '../test/support/up.ts';

/**
 * Memory of an idle `sensitivity up`, all its processes together, at its second start (the first
 * fills the code caches). `node bench/idle.ts [builtin|caddy]`. Pss counts a page shared by
 * several processes once; Rss counts it for each.
 */

const proxy = process.argv[2] === 'caddy' ? 'caddy' : 'builtin';
const first = await Up.start({ proxy });
const args = ['--data-dir', first.dataDir];
await first.stop();
const up = await Up.start({ proxy, args });
// Threads that scan nothing for a minute end.
await wait(75_000);
// The second runs on the data of the first, by which its processes are found.
const rows = first.children().map(({ pid }) => {
  const text = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
  const kibibytes = (name: string): number =>
    Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(text)?.[1]);
  return { pid, pss: kibibytes('Pss') / 1_024, rss: kibibytes('Rss') / 1_024 };
});
await up.remove();
await first.remove();
for (const { pid, pss, rss } of rows)
  process.stdout.write(`${pid}: ${pss.toFixed(0)} MiB Pss, ${rss.toFixed(0)} MiB Rss\n`);
const total = (name: 'pss' | 'rss'): string =>
  rows.reduce((sum, row) => sum + row[name], 0).toFixed(0);
process.stdout.write(
  `${proxy}: ${total('pss')} MiB Pss, ${total('rss')} MiB Rss in ${rows.length} processes\n`,
);
