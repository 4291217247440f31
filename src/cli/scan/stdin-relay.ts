import { once } from 'node:events';
import type { MessagePort } from 'node:worker_threads';
import { Unreadable } from './unreadable.ts';

/** What passes over the port: bytes, or that they ended well (`end`) or not (`broken`). */
type Sent = Uint8Array | 'end' | 'broken';

/** The first bytes of a stream, and whether they are all of it. */
export interface Head {
  bytes: Uint8Array;
  isWhole: boolean;
}

/** Takes bytes from a stream until it ends or there are `limit` of them. */
export async function takeHead(source: AsyncIterator<Uint8Array>, limit: number): Promise<Head> {
  const chunks: Uint8Array[] = [];
  for (let length = 0; length < limit; ) {
    const { done, value } = await source.next();
    if (done === true) return { bytes: Buffer.concat(chunks), isWhole: true };
    chunks.push(value);
    length += value.length;
  }
  return { bytes: Buffer.concat(chunks), isWhole: false };
}

/** Sends a stream over a port, a chunk at a time: the next goes when the last was asked for. */
export async function sendToPort(
  head: Uint8Array,
  source: AsyncIterator<Uint8Array>,
  port: MessagePort,
): Promise<void> {
  const send = async (sent: Sent): Promise<void> => {
    port.postMessage(sent);
    await once(port, 'message');
  };
  try {
    await send(head);
    for (let next = await source.next(); next.done !== true; next = await source.next()) {
      await send(next.value);
    }
    port.postMessage('end' satisfies Sent);
  } catch {
    port.postMessage('broken' satisfies Sent);
  }
}

/** The bytes that `sendToPort` sends. */
export async function* readPort(port: MessagePort): AsyncIterable<Uint8Array> {
  for (;;) {
    const [sent] = (await once(port, 'message')) as [Sent];
    if (sent === 'end') return port.close();
    if (sent === 'broken') throw new Unreadable(new Error('the stream broke off'));
    yield sent;
    port.postMessage('more');
  }
}
