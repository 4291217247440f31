import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type DocumentReport, scanDocument } from '../../src/documents/scan-document.ts';
import { defaultPolicy } from '../../src/engine/policy.ts';

const options = { policy: defaultPolicy, fingerprintKey: new Uint8Array(32).fill(1) };
const text = 'card 4532015112830366\nGrüße, ssn 130-07-5728\n';

async function* chunksOf(source: Uint8Array, chunkBytes: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < source.length; at += chunkBytes) yield source.subarray(at, at + chunkBytes);
}

async function scanBytes(source: Uint8Array, chunkBytes = 64): Promise<DocumentReport> {
  return scanDocument(chunksOf(source, chunkBytes), options);
}

describe('scanDocument()', () => {
  it('gives an empty document a score of 0', async () => {
    const document = await scanBytes(new Uint8Array(0));
    assert.equal(document.status, 'scored');
    assert.deepEqual([document.report?.score, document.report?.label], [0, 'public']);
    assert.equal(document.bytesRead, 0);
  });

  const sources: [
    name: string,
    source: Buffer,
    value: (text: string) => Buffer,
    encoding: string,
  ][] = [
    ['UTF-8', Buffer.from(text), (value) => Buffer.from(value), 'utf-8'],
    ['marked UTF-8', Buffer.from(`\ufeff${text}`), (value) => Buffer.from(value), 'utf-8'],
    ['UTF-16', Buffer.from(text, 'utf16le'), (value) => Buffer.from(value, 'utf16le'), 'utf-16le'],
    ['Windows-1252', Buffer.from(text, 'latin1'), (value) => Buffer.from(value), 'windows-1252'],
  ];
  for (const [name, source, value, encoding] of sources) {
    it(`finds the same in ${name}, with places in the file's own bytes`, async () => {
      const document = await scanBytes(source, 5);
      assert.equal(document.status, 'scored');
      assert.equal(document.encoding, encoding);
      assert.equal(document.bytesRead, source.length);
      const values = (document.report?.findings ?? []).map(({ place }) =>
        source.subarray(place.offset, place.offset + place.length),
      );
      assert.deepEqual(values, [value('4532015112830366'), value('130-07-5728')]);
      assert.deepEqual(
        document.report?.findings.map(({ place }) => [place.line, place.column]),
        [
          [1, 6],
          [2, 12],
        ],
      );
    });
  }

  it('places findings exactly far into a long UTF-16 file', async () => {
    const source = Buffer.from(
      `\ufeff${'Grüße 😀 aus 東京\n'.repeat(40_000)}ssn 130-07-5728`,
      'utf16le',
    );
    const document = await scanBytes(source, 30_000);
    const [place] = (document.report?.findings ?? []).map((finding) => finding.place);
    assert.equal(place?.line, 40_001);
    assert.equal(source.toString('utf16le', place?.offset), '130-07-5728');
    assert.equal(place?.length, 22);
  });

  it('fails a format it cannot read with its name, and reads no further than it must', async () => {
    let pulled = 0;
    async function* stream(): AsyncGenerator<Uint8Array> {
      for (;;) {
        pulled++;
        yield Buffer.concat([Buffer.from('%!PS-Adobe-3.0\n'), new Uint8Array(10_000)]);
      }
    }
    const document = await scanDocument(stream(), options);
    assert.deepEqual(
      [document.status, document.statusReason, document.report, document.encoding],
      ['failed', 'unsupported:application/postscript', null, null],
    );
    assert.equal(pulled, 1);
  });

  it('calls a text with NULs in the middle partial, with what it found', async () => {
    const source = Buffer.from(`${'lorem '.repeat(2_000)}\0\0\x01 ${text}`);
    const document = await scanBytes(source);
    assert.deepEqual([document.status, document.statusReason], ['partial', 'binary_data']);
    assert.equal(document.report?.findingsTotal, 2);
  });

  it('calls a text with broken characters partial', async () => {
    const document = await scanBytes(
      Buffer.concat([Buffer.from('文書を読む '), Buffer.from([0xff])]),
    );
    assert.deepEqual([document.status, document.statusReason], ['partial', 'undecodable_bytes']);
  });

  it('reports progress after each chunk and stops when it is aborted', async () => {
    const abort = new AbortController();
    const seen: number[] = [];
    const scanning = scanDocument(chunksOf(Buffer.from(text.repeat(500)), 6_000), {
      ...options,
      signal: abort.signal,
      onProgress: (bytesRead) => {
        seen.push(bytesRead);
        if (seen.length === 2) abort.abort();
      },
    });
    await assert.rejects(scanning, { name: 'AbortError' });
    assert.deepEqual(seen, [6_000, 12_000]);
  });

  it('throws what the stream throws', async () => {
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield Buffer.from(text);
      throw new Error('connection lost');
    }
    await assert.rejects(scanDocument(broken(), options), /connection lost/);
  });

  for (const one of [new Uint8Array(10), Buffer.alloc(10)]) {
    it(`does not mind a stream that reuses one ${one.constructor.name} for all chunks`, async () => {
      // Long enough that characters are cut between chunks after the head was read.
      const source = Buffer.from(`${'ä€x '.repeat(2_000)}${text}`);
      async function* reusing(): AsyncGenerator<Uint8Array> {
        for (let at = 0; at < source.length; at += 10) {
          const size = source.copy(one, 0, at, at + 10);
          yield one.subarray(0, size);
        }
      }
      assert.deepEqual(await scanDocument(reusing(), options), await scanBytes(source));
    });
  }

  it('keeps memory flat over 64 MB of one line', async () => {
    const chunk = Buffer.from(
      'lorem ipsum ssn 130-07-5728 jane@acme.com '.padEnd(65_536, 'dolor '),
    );
    const before = process.memoryUsage().rss;
    async function* stream(): AsyncGenerator<Uint8Array> {
      for (let n = 0; n < 1_024; n++) yield chunk;
    }
    const document = await scanDocument(stream(), options);
    assert.equal(document.report?.counts['us_ssn'], 1_024);
    assert.ok(process.memoryUsage().rss - before < 120_000_000);
  });
});
