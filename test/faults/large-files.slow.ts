import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { Client } from '../support/client.ts';
import { Installation } from '../support/installation.ts';
import { makeCard, makeEmail } from '../support/sensitive-values.ts';
import { streamUpload } from '../support/stream-upload.ts';

let installation: Installation;
let client: Client;

beforeEach(async () => {
  // As `sensitivity up` starts it.
  const env = { NODE_OPTIONS: '--max-semi-space-size=4' };
  installation = await Installation.start({ env: { file: env, worker: env } });
  client = await Client.register(installation.urls, 'large@example.com');
});

afterEach(() => installation.stop());

const mebibyte = 1_048_576;

/** Looks like an image, so that nobody reads it to its end but who uploads and downloads it. */
function* image(mebibytes: number): Iterable<Buffer> {
  const piece = Buffer.alloc(mebibyte);
  for (let n = 0; n < mebibytes; n += 1) {
    piece.fill(n % 251);
    if (n === 0) Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex').copy(piece);
    else piece.writeUInt32LE(n);
    yield Buffer.from(piece);
  }
}

/** A log of a shop, with one card number and one address in each MiB. */
function* shopLog(mebibytes: number): Iterable<Buffer> {
  const line = '2026-03-01T12:00:00Z order shipped, nothing else to tell about it today\n';
  const filler = line.repeat(Math.floor(mebibyte / line.length) - 2);
  for (let n = 0; n < mebibytes; n += 1) {
    const known = `paid with credit card ${makeCard(`log ${n}`)}\nmail to ${makeEmail(`log ${n}`)}\n`;
    yield Buffer.from(`${known}${filler}`);
  }
}

test('an upload of 2 GiB keeps file under 200 MiB of memory', async (t) => {
  const start = performance.now();
  const { file, sha256, bytes } = await streamUpload(client, 'disk.img', image(2_048));
  const uploadSeconds = (performance.now() - start) / 1_000;
  assert.equal(bytes, 2_048 * mebibyte);
  assert.equal(file.sha256, sha256);
  assert.equal(file.filesize, bytes);
  const uploadPeak = installation.memory('file', 'VmHWM');
  const settled = await client.untilSettled(file.id, 60_000);
  // Nothing of it is text, and it is more than a reader of pictures holds.
  assert.equal(settled.status_reason, 'too_large');
  const response = await client.request(`/${file.id}/content`);
  let read = 0;
  for await (const chunk of response.body ?? []) read += chunk.length;
  assert.equal(read, bytes);
  const peak = installation.memory('file', 'VmHWM');
  t.diagnostic(
    `2 GiB up in ${uploadSeconds.toFixed(1)} s; peak of file ${uploadPeak} MiB, with a download ${peak} MiB`,
  );
  assert.ok(uploadPeak < 200, `${uploadPeak} MiB`);
});

test('a text of 1 GiB is scored, and its worker stays under 400 MiB of memory', async (t) => {
  const { file } = await streamUpload(client, 'shop.log', shopLog(1_024));
  const start = performance.now();
  const settled = await client.untilSettled(file.id, 300_000);
  const seconds = (performance.now() - start) / 1_000;
  assert.equal(settled.status, 'scored');
  assert.deepEqual(settled.counts, { credit_card: 1_024, email: 1_024 });
  const [worker, fileRole] = [
    installation.memory('worker', 'VmHWM'),
    installation.memory('file', 'VmHWM'),
  ];
  t.diagnostic(
    `1 GiB scored in ${seconds.toFixed(1)} s; peak of worker ${worker} MiB, of file ${fileRole} MiB`,
  );
  assert.ok(worker < 400, `${worker} MiB`);
});
