import { once } from 'node:events';
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { Unreadable } from './unreadable.ts';

/** What passes over the port: how many bytes are in the pipe, or that they ended well or not. */
type Sent = number | 'end' | 'broken';

/** How one thread hands a stream to another: a piece of memory that both see, and a port. */
export interface StreamPipe {
  memory: SharedArrayBuffer;
  port: MessagePort;
}

const pipeBytes = 262_144;

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

/**
 * Sends a stream to another thread: what it returns is the other's end. A piece is put into the
 * memory when the last was asked for.
 */
export function openPipe(head: Uint8Array, source: AsyncIterator<Uint8Array>): StreamPipe {
  const { port1, port2 } = new MessageChannel();
  const memory = new SharedArrayBuffer(pipeBytes);
  // The stream keeps the process going, not the wait for whoever reads it.
  port1.unref();
  void send(head, source, { memory, port: port1 });
  return { memory, port: port2 };
}

async function send(
  head: Uint8Array,
  source: AsyncIterator<Uint8Array>,
  { memory, port }: StreamPipe,
): Promise<void> {
  const pipe = new Uint8Array(memory);
  const sendAll = async (bytes: Uint8Array): Promise<void> => {
    for (let at = 0; at < bytes.length; at += pipeBytes) {
      const piece = bytes.subarray(at, at + pipeBytes);
      pipe.set(piece);
      port.postMessage(piece.length satisfies Sent);
      await once(port, 'message');
    }
  };
  try {
    await sendAll(head);
    for (let next = await source.next(); next.done !== true; next = await source.next()) {
      await sendAll(next.value);
    }
    port.postMessage('end' satisfies Sent);
  } catch {
    port.postMessage('broken' satisfies Sent);
  }
}

/** The bytes that come through a pipe; each piece is good until the next is asked for. */
export async function* readPipe({ memory, port }: StreamPipe): AsyncIterable<Uint8Array> {
  const pipe = new Uint8Array(memory);
  for (;;) {
    const [sent] = (await once(port, 'message')) as [Sent];
    if (sent === 'end') return port.close();
    if (sent === 'broken') throw new Unreadable(new Error('the stream broke off'));
    yield pipe.slice(0, sent);
    port.postMessage('more');
  }
}
