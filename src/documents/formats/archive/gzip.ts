import { crc32, createInflateRaw } from 'node:zlib';
import type { ReadBudget } from '../../read-budget.ts';
import { type Reader, UnreadableError } from '../../reader.ts';
import { ByteCursor } from './byte-cursor.ts';
import { expandNext } from './inflate.ts';
import { readContent } from './inner-content.ts';

const headerBytes = 10;
const trailerBytes = 8;
const headerCrcFlag = 0x02;
const extraFlag = 0x04;
const nameFlag = 0x08;
const commentFlag = 0x10;
/** Names and comments end somewhere near. */
const mostTextBytes = 65_536;

const latin = new TextDecoder('windows-1252');

interface Member {
  name: string;
  comment: string;
}

/** GZIP (RFC 1952) with any number of members, which are one content. */
export const readGzip: Reader = async (source, sink, { budget }) => {
  const cursor = new ByteCursor(source.stream());
  try {
    const first = await readHeader(cursor);
    await readContent(expandMembers(cursor, budget), sink, first);
  } finally {
    await cursor.close();
  }
};

/** Expands all members, from behind the header of the first. */
async function* expandMembers(cursor: ByteCursor, budget: ReadBudget): AsyncGenerator<Uint8Array> {
  const start = cursor.position;
  let out = 0;
  for (;;) {
    let crc = 0;
    for await (const chunk of expandNext(createInflateRaw(), cursor, budget)) {
      crc = crc32(chunk, crc);
      out += chunk.length;
      yield chunk;
    }
    // Many members could be a bomb together, each below its limit.
    budget.checkRatio(cursor.position - start, out);
    const trailer = await cursor.readExactly(trailerBytes);
    if (new DataView(trailer.buffer).getUint32(0, true) !== crc)
      throw new UnreadableError('corrupt');
    if (!(await hasMember(cursor))) return;
    await readHeader(cursor);
  }
}

/** Whether another member follows; zeros that fill a tape up to its end do not count. */
async function hasMember(cursor: ByteCursor): Promise<boolean> {
  for (;;) {
    const bytes = await cursor.peek();
    if (bytes.length === 0) return false;
    const zeros = bytes.findIndex((byte) => byte !== 0);
    if (zeros === 0) return true;
    cursor.take(zeros < 0 ? bytes.length : zeros);
  }
}

/** Reads a member's header (2.3). @throws {UnreadableError} `corrupt` when there is none. */
async function readHeader(cursor: ByteCursor): Promise<Member> {
  const header = await cursor.readExactly(headerBytes);
  const [first, second, method, flags = 0] = header;
  if (first !== 0x1f || second !== 0x8b || method !== 8) throw new UnreadableError('corrupt');
  if (flags & extraFlag) {
    const [low = 0, high = 0] = await cursor.readExactly(2);
    await cursor.skipTo(cursor.position + low + high * 256);
  }
  const name = flags & nameFlag ? await readText(cursor) : '';
  const comment = flags & commentFlag ? await readText(cursor) : '';
  if (flags & headerCrcFlag) await cursor.readExactly(2);
  return { name, comment };
}

/** Up to a NUL; Latin-1 by the specification. */
async function readText(cursor: ByteCursor): Promise<string> {
  let text = '';
  while (text.length < mostTextBytes) {
    const bytes = await cursor.peek();
    if (bytes.length === 0) break;
    const end = bytes.subarray(0, mostTextBytes).indexOf(0);
    const piece = bytes.subarray(0, end < 0 ? mostTextBytes : end);
    text += latin.decode(piece);
    cursor.take(end < 0 ? piece.length : piece.length + 1);
    if (end >= 0) return text;
  }
  throw new UnreadableError('corrupt');
}
