import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { crc32, deflateSync, gzipSync } from 'node:zlib';
import { buildPackage } from '../documents/formats/office-package.ts';
import { Client, type FileJson } from '../support/client.ts';
import { Installation } from '../support/installation.ts';
import { makeLetter } from '../support/sensitive-values.ts';

interface Bomb {
  name: string;
  make: () => Uint8Array;
  /** What it must come to; either is as good where two limits are near each other. */
  status: RegExp;
  reason: RegExp;
}

const zeros = Buffer.alloc(20_000_000);

const bombs: readonly Bomb[] = [
  {
    name: 'archives in archives, sixteen in each, six deep',
    make: nestedArchives,
    status: /^partial$/,
    reason: /^(?:ratio|too_deep|too_many|too_large)$/,
  },
  {
    name: '1 GiB of text in a few MB of gzip',
    make: () => gzipSync(Buffer.alloc(1_073_741_824, 'nothing to see here\n')),
    status: /^(?:partial|failed)$/,
    reason: /^ratio$/,
  },
  {
    name: 'an archive in itself a hundred times',
    make: () => {
      let archive: Uint8Array = buildPackage({ 'end.txt': 'end' });
      for (let depth = 0; depth < 100; depth += 1) archive = buildPackage({ 'next.zip': archive });
      return archive;
    },
    status: /^partial$/,
    reason: /^too_deep$/,
  },
  {
    name: 'a billion laughs in a document',
    make: () => buildPackage({ ...wordShell, 'word/document.xml': billionLaughs }),
    status: /^(?:partial|failed|scored)$/,
    reason: /^(?:corrupt|null)$/,
  },
  {
    name: 'quadratic entities in a document',
    make: () => buildPackage({ ...wordShell, 'word/document.xml': quadraticEntities() }),
    status: /^(?:partial|failed|scored)$/,
    reason: /^(?:corrupt|null)$/,
  },
  {
    name: 'a billion laughs as XML',
    make: () => Buffer.from(billionLaughs),
    status: /^scored$/,
    reason: /^null$/,
  },
  {
    name: 'HTML a million elements deep',
    make: () => Buffer.from(`<!doctype html><html><body>${'<div>'.repeat(1_000_000)}deep`),
    status: /^(?:scored|partial)$/,
    reason: /^(?:null|too_deep)$/,
  },
  {
    name: 'XML a million elements deep in a document',
    make: () =>
      buildPackage({ ...wordShell, 'word/document.xml': `${'<w:p>'.repeat(1_000_000)}deep` }),
    status: /^(?:partial|failed|scored)$/,
    reason: /^(?:corrupt|too_deep|null)$/,
  },
  {
    name: 'a PDF whose pages are their own parents',
    make: loopingPdf,
    status: /^(?:partial|failed|scored)$/,
    reason: /^(?:corrupt|too_many|null)$/,
  },
  {
    name: 'a picture of 30,000 by 30,000',
    make: hugePicture,
    status: /^(?:failed|partial)$/,
    reason: /^unsupported:image\/png$/,
  },
  {
    name: 'names that climb out of the archive',
    make: () =>
      buildPackage({ '../../../../etc/passwd': 'x', '/etc/shadow': 'x', 'C:\\windows\\x': 'x' }),
    status: /^scored$/,
    reason: /^null$/,
  },
  {
    name: 'an archive whose directory lies about sizes',
    make: lyingArchive,
    status: /^(?:partial|failed)$/,
    reason: /^(?:corrupt|ratio|too_large)$/,
  },
  {
    name: 'a thousand entries that share the same bytes',
    make: overlappingArchive,
    status: /^(?:partial|failed)$/,
    reason: /^(?:corrupt|ratio|too_large)$/,
  },
];

describe('hostile documents', () => {
  let installation: Installation;
  let client: Client;
  before(async () => {
    installation = await Installation.start();
    client = await Client.register(installation.urls, 'bombs@example.com');
  });
  after(() => installation.stop());

  for (const { name, make, status, reason } of bombs) {
    test(`${name} end in time with their reason, and the worker goes on`, async (t) => {
      const bytes = make();
      const started = performance.now();
      const { id } = await client.uploadFile(`${name}.bin`, Buffer.from(bytes));
      const settled = await client.untilSettled(id, 20_000);
      const seconds = (performance.now() - started) / 1_000;
      assert.match(settled.status, status, String(settled.status_reason));
      assert.match(String(settled.status_reason), reason);
      assert.ok(seconds < 10, `${seconds} s`);
      const letter: FileJson = await client.uploadFile(`${name}.txt`, makeLetter(name));
      assert.equal((await client.untilSettled(letter.id)).status, 'scored');
      t.diagnostic(`${settled.status}: ${settled.status_reason} after ${seconds.toFixed(1)} s`);
    });
  }

  test('have made no worker larger than 500 MB', (t) => {
    const peak = installation.memory('worker', 'VmHWM');
    t.diagnostic(`the worker's peak was ${peak} MiB`);
    assert.ok(peak < 477, `${peak} MiB`);
  });
});

function nestedArchives(): Uint8Array {
  let inner: Uint8Array = zeros;
  let name = 'zeros.bin';
  for (let depth = 0; depth < 6; depth += 1) {
    const files = Array.from({ length: 16 }, (_, n) => [`${n}-${name}`, inner] as const);
    inner = buildPackage(Object.fromEntries(files));
    name = `layer-${depth}.zip`;
  }
  return inner;
}

const types =
  '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>';
const relations =
  '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>';
const wordShell = { '[Content_Types].xml': types, '_rels/.rels': relations };

const laughs = Array.from(
  { length: 10 },
  (_, n) => `<!ENTITY l${n + 1} "${`&l${n};`.repeat(10)}">`,
).join('');
const billionLaughs = `<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY l0 "lol">${laughs}]><lolz>&l10;</lolz>`;

function quadraticEntities(): string {
  const entity = `<!ENTITY a "${'a'.repeat(100_000)}">`;
  return `<?xml version="1.0"?><!DOCTYPE x [${entity}]><x>${'&a;'.repeat(100_000)}</x>`;
}

function loopingPdf(): Uint8Array {
  const objects = [
    '1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n',
    '2 0 obj<</Type/Pages/Kids[3 0 R 2 0 R]/Count 100000/Parent 3 0 R>>endobj\n',
    '3 0 obj<</Type/Pages/Kids[2 0 R 3 0 R]/Count 100000/Parent 2 0 R>>endobj\n',
  ];
  let body = '%PDF-1.4\n';
  const offsets = objects.map((object) => {
    const at = body.length;
    body += object;
    return `${String(at).padStart(10, '0')} 00000 n \n`;
  });
  const table = `xref\n0 4\n0000000000 65535 f \n${offsets.join('')}`;
  return Buffer.from(
    `${body}${table}trailer<</Size 4/Root 1 0 R>>\nstartxref\n${body.length}\n%%EOF`,
  );
}

/** PNG (W3C, third edition): one bit a pixel, all zero. */
function hugePicture(): Uint8Array {
  const side = 30_000;
  const chunk = (type: string, data: Buffer): Buffer => {
    const typed = Buffer.concat([Buffer.from(type), data]);
    const frame = Buffer.alloc(8);
    frame.writeUInt32BE(data.length, 0);
    frame.writeUInt32BE(crc32(typed), 4);
    return Buffer.concat([frame.subarray(0, 4), typed, frame.subarray(4)]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  header[8] = 1;
  const pixels = deflateSync(Buffer.alloc(side * (side / 8 + 1)));
  const start = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
  const chunks = [chunk('IHDR', header), chunk('IDAT', pixels), chunk('IEND', Buffer.alloc(0))];
  return Buffer.concat([start, ...chunks]);
}

/** Sizes of an entry in the central directory say ten bytes of what are many more. */
function lyingArchive(): Uint8Array {
  const archive = Buffer.from(buildPackage({ 'small.txt': 'no secret here\n'.repeat(100_000) }));
  const entry = archive.lastIndexOf('PK\x01\x02', 'latin1');
  archive.writeUInt32LE(10, entry + 24);
  return archive;
}

/** A thousand entries of the directory whose data is one and the same. */
function overlappingArchive(): Uint8Array {
  const archive = Buffer.from(buildPackage({ 'a.txt': zeros }));
  const directory = archive.indexOf('PK\x01\x02', 0, 'latin1');
  const end = archive.lastIndexOf('PK\x05\x06', 'latin1');
  const entry = archive.subarray(directory, end);
  const tail = archive.subarray(end);
  tail.writeUInt16LE(1_000, 8);
  tail.writeUInt16LE(1_000, 10);
  tail.writeUInt32LE(entry.length * 1_000, 12);
  const entries = Array.from({ length: 1_000 }, () => entry);
  return Buffer.concat([archive.subarray(0, directory), ...entries, tail]);
}
