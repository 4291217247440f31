import { setTimeout as wait } from 'node:timers/promises';
import { Client } from '../test/support/client.ts';
import { Installation } from '../test/support/installation.ts';
import { type LoadResult, load, percentiles, uploadOf } from './http-load.ts';

/**
 * Figures of the API, with every role as a process of its own on this machine and the load from
 * one more. `npm run bench:api`; prints a Markdown table. Nothing here asserts a time.
 */

const filler = 'The quick brown fox jumps over the lazy dog near the river bank. '.repeat(152);

function content(index: number): string {
  return `Note ${index} ${Math.random()}\n${filler}`;
}

const rows: string[][] = [];

function note(what: string, result: LoadResult): void {
  const { perSecond, p50, p99, failed } = result;
  rows.push([what, perSecond.toFixed(0), p50.toFixed(1), p99.toFixed(1), String(failed)]);
  process.stderr.write(`${rows.at(-1)?.join('  ')}\n`);
}

const installation = await Installation.start();
try {
  const urls = { auth: installation.url('auth'), file: installation.url('file') };
  const client = await Client.register(urls, 'bench@example.org');
  const { file } = urls;
  const upload = (index: number) => uploadOf(client.token, `note-${index}.txt`, content(index));
  const get = (path: string) => () => ({
    method: 'GET',
    path: `/api/file${path}`,
    headers: { Authorization: `Bearer ${client.token}` },
  });
  await load(file, { requests: 500, concurrency: 8, make: upload });
  for (const concurrency of [8, 128]) {
    const result = await load(file, { requests: 4_000, concurrency, make: upload });
    note(`upload of 10 KB, ${concurrency} at once`, result);
  }
  await untilScored(client);
  for (const path of [
    '/?limit=100',
    '/?limit=100&sort=-score',
    '/?limit=100&status=scored',
    '/summary',
  ]) {
    await load(file, { requests: 500, concurrency: 8, make: get(path) });
    note(
      `GET ${path}, 8 at once`,
      await load(file, { requests: 4_000, concurrency: 8, make: get(path) }),
    );
  }
  note('upload to score at 20 uploads a second', await uploadToScore(client));
} finally {
  await installation.stop();
}

process.stdout.write(
  `| what | a second | p50 ms | p99 ms | failed |\n| --- | ---: | ---: | ---: | ---: |\n`,
);
for (const row of rows) process.stdout.write(`| ${row.join(' | ')} |\n`);

async function untilScored(client: Client): Promise<void> {
  for (;;) {
    const { by_status } = await client.json<{ by_status: Record<string, number> }>('/summary');
    if (!by_status['pending'] && !by_status['scanning']) return;
    await wait(250);
  }
}

/** From sending an upload to the event with its score, each upload on its own clock. */
async function uploadToScore(client: Client): Promise<LoadResult> {
  const count = 400;
  const started = new Map<string, number>();
  const scored = new Map<string, number>();
  const ids = new Map<string, string>();
  const stream = await client.request('/events');
  const reading = (async () => {
    let text = '';
    const decoder = new TextDecoder();
    for await (const chunk of stream.body ?? []) {
      text += decoder.decode(chunk as Uint8Array, { stream: true });
      const events = text.split('\n\n');
      text = events.pop() ?? '';
      for (const event of events) {
        const data = /^data: (.*)$/m.exec(event)?.[1];
        const body =
          data === undefined ? {} : (JSON.parse(data) as { id?: string; status?: string });
        if (body.id && body.status === 'scored' && !scored.has(body.id)) {
          scored.set(body.id, performance.now());
        }
      }
      if (scored.size >= count) return;
    }
  })();
  const uploads = [];
  for (let index = 0; index < count; index += 1) {
    const name = `timed-${index}.txt`;
    started.set(name, performance.now());
    uploads.push(client.uploadFile(name, content(index)).then(({ id }) => ids.set(name, id)));
    await wait(50);
  }
  await Promise.all(uploads);
  await Promise.race([reading, wait(10_000)]);
  const durations = [...started].flatMap(([name, start]) => {
    const end = scored.get(ids.get(name) ?? '');
    return end === undefined ? [] : [end - start];
  });
  const failed = count - durations.length;
  return { perSecond: 20, ...percentiles(durations), failed, bytesPerAnswer: 0 };
}
