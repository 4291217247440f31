import { createHash } from 'node:crypto';
import { request } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Client, FileJson } from './client.ts';

const boundary = 'sensitivity-test-boundary';

/** Uploads what a generator yields, in constant memory; returns the file and the hash of it all. */
export async function streamUpload(
  client: Client,
  name: string,
  content: Iterable<Buffer>,
): Promise<{ file: FileJson; sha256: string; bytes: number }> {
  const hash = createHash('sha256');
  let bytes = 0;
  function* body(): Iterable<Buffer> {
    yield Buffer.from(
      `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${name}"\r\n\r\n`,
    );
    for (const chunk of content) {
      hash.update(chunk);
      bytes += chunk.length;
      yield chunk;
    }
    yield Buffer.from(`\r\n--${boundary}--\r\n`);
  }
  const sent = request(`${client.fileUrl}/upload`, {
    method: 'POST',
    headers: {
      Authorization: `Bearer ${client.token}`,
      'Content-Type': `multipart/form-data; boundary=${boundary}`,
    },
  });
  const answered = new Promise<{ status: number; text: string }>((resolve, reject) => {
    sent.on('error', reject);
    sent.on('response', (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
    });
  });
  await pipeline(Readable.from(body()), sent);
  const { status, text } = await answered;
  if (status !== 201) throw new Error(`upload answered ${status}: ${text}`);
  return { file: JSON.parse(text) as FileJson, sha256: hash.digest('hex'), bytes };
}
