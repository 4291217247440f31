import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { crc32 as zlibCrc32 } from 'node:zlib';
import fc from 'fast-check';
import type { TextWindow } from '../../src/engine/detector.ts';
import { findAssignedValue } from '../../src/engine/detectors/credentials/assigned-value.ts';
import { decodeBase64, toAscii } from '../../src/engine/detectors/credentials/base64-text.ts';
import {
  checkCrc32Suffix,
  crc32,
  toBase62,
} from '../../src/engine/detectors/credentials/crc32-suffix.ts';
import { credentialDetectors } from '../../src/engine/detectors/credentials/credential-detectors.ts';
import { sampleToken } from '../../src/engine/detectors/credentials/sample-token.ts';
import { secretKindOf } from '../../src/engine/detectors/credentials/secret-name.ts';
import {
  alphabets,
  compileFormat,
  matchFormat,
} from '../../src/engine/detectors/credentials/token-format.ts';
import { anyFiller } from './arbitrary-texts.ts';
import { scan } from './scan-for-test.ts';

function windowOf(text: string): TextWindow {
  const bytes = Buffer.from(text);
  return { bytes, start: 0, end: bytes.length, offset: 0, endsText: true };
}

/** Texts in which credentials, their beginnings and what is around them meet anyhow. */
const anyCredential = fc
  .constantFrom(...credentialDetectors)
  .chain((detector) => fc.constantFrom(...detector.hits.map((hit) => hit.text)));
const anyPiece = fc.oneof(
  { weight: 4, arbitrary: anyFiller },
  { weight: 3, arbitrary: anyCredential },
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      ...[' api_key = "', 'password: ', '://', '@', '":"', '\\n', '=>', '==', ' -u ', 'curl '],
      ...['kind: Secret\n', 'data:\n', '  a: ', '<token>', 'eyJ', '.', '|', 'Q~', '--token '],
    ),
  },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
);
const anyCredentialText = fc
  .array(anyPiece, { maxLength: 60, size: 'max' })
  .map((parts) => parts.join(''));

describe('scanning for credentials', () => {
  it('finds the same whether a text comes in one piece, in small windows or byte by byte', () => {
    fc.assert(
      fc.property(anyCredentialText, fc.integer({ min: 600, max: 5_000 }), (text, windowBytes) => {
        const whole = scan(text, { chunkBytes: 1e9 });
        assert.deepEqual(scan(text, { chunkBytes: 1 }), whole);
        assert.deepEqual(scan(text, { chunkBytes: 777, windowBytes }), whole);
      }),
      { numRuns: 60 },
    );
  });

  it('places every finding on the line where its value starts', () => {
    fc.assert(
      fc.property(anyCredentialText, (text) => {
        const bytes = Buffer.from(text);
        for (const { place } of scan(text).findings) {
          const before = bytes.subarray(0, place.offset).toString('latin1');
          assert.equal(place.line, before.split('\n').length);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('shows no value of any example in its report', () => {
    for (const detector of credentialDetectors) {
      for (const { text, values } of detector.hits) {
        const shown = JSON.stringify(scan(`${text}\n`));
        for (const value of values) assert.ok(!shown.includes(value), detector.id);
      }
    }
  });

  it('masks all but four characters and at most a quarter of what is secret', () => {
    for (const detector of credentialDetectors) {
      for (const { values } of detector.hits) {
        for (const value of values) {
          const [head = '', ...rest] = detector.mask(value).split('****');
          const tail = rest.at(-1) ?? '';
          if (/^(?:@|$)/.test(tail)) continue;
          assert.ok(tail.length <= 4, detector.id);
          assert.ok(tail.length * 4 <= value.length - head.length, detector.id);
        }
      }
    }
  });

  it('takes time in proportion to the text, whatever it is made of', () => {
    const pieces = [
      '=',
      ':',
      'key=',
      '"',
      'eyJ.',
      '://',
      'data:\n',
      'password=a;',
      'ghp_',
      'Z2hw',
      '~',
    ];
    for (const piece of pieces) {
      const text = Buffer.from(piece.repeat(Math.ceil(400_000 / piece.length)));
      const started = performance.now();
      scan(text);
      assert.ok(performance.now() - started < 10_000, JSON.stringify(piece));
    }
  });
});

describe('compileFormat()', () => {
  const anyFormat = fc
    .array(
      fc.oneof(
        fc.constantFrom('ab_', '.', '-', 'T3', ':'),
        fc
          .tuple(fc.constantFrom('digit', 'hex', 'upper', 'alnum'), fc.integer({ min: 1, max: 40 }))
          .map(([name, length]) => `{${name} ${length}}`),
      ),
      { minLength: 1, maxLength: 6 },
    )
    .map((parts) => `x_${parts.join('')}`);

  it('matches every token made of a format, whole, and none that is cut', () => {
    fc.assert(
      fc.property(anyFormat, fc.string(), (source, seed) => {
        const format = compileFormat(source);
        const token = sampleToken(format, seed);
        assert.equal(matchFormat(format, windowOf(token), 0), token.length);
        assert.equal(matchFormat(format, windowOf(token.slice(0, -1)), 0), -1);
        assert.equal(token.length, format.minBytes);
      }),
    );
  });

  it('takes no token that goes on', () => {
    const format = compileFormat('t_{hex 8}');
    for (const after of ['0', 'z', '_']) {
      assert.equal(matchFormat(format, windowOf(`t_0a1b2c3d${after}`), 0), -1);
    }
    for (const after of ['', ' ', '"', '.', '\\', ',']) {
      assert.equal(matchFormat(format, windowOf(`t_0a1b2c3d${after}`), 0), 10);
    }
  });

  it('refuses what it cannot read', () => {
    for (const source of ['{digit}', '{nothing 3}', 'a{hex x}']) {
      assert.throws(() => compileFormat(source), /format/);
    }
  });

  it('knows alphabets without a character twice', () => {
    for (const chars of Object.values(alphabets)) assert.equal(new Set(chars).size, chars.length);
  });
});

describe('findAssignedValue()', () => {
  const value = 'v4lue';
  const syntaxes = [
    `acme = "${value}"`,
    `acme: ${value}`,
    `"acme_key": "${value}"`,
    `\\"acme_key\\": \\"${value}\\"`,
    `<acmeKey>\n    ${value}\n</acmeKey>`,
    `acme := \`${value}\``,
    `acme => '${value}'`,
    `acme ?= ${value}`,
    `acme .= '${value}'`,
    `acme :::= "${value}"`,
    `acme string = "${value}"`,
    `acmeKey: string = '${value}'`,
    `acme[] = b"${value}"`,
    `acme || "${value}"`,
    `acme: |\n  ${value}`,
    `acme", "${value}")`,
    `acme=${value}`,
  ];
  for (const text of syntaxes) {
    it(`finds the value in ${JSON.stringify(text)}`, () => {
      const found = findAssignedValue(windowOf(text), 4);
      assert.ok(found);
      assert.ok(text.slice(found.value).startsWith(value));
    });
  }

  for (const text of ['acme is a firm', 'acme, "v4lue"', 'acme', 'acme =\n v4lue', 'acme(v4lue)']) {
    it(`finds none in ${JSON.stringify(text)}`, () => {
      assert.equal(findAssignedValue(windowOf(text), 4), undefined);
    });
  }
});

describe('the checks behind credentials', () => {
  it('sums up as CRC-32 does, and passes a token with its sum', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Za-z0-9]{30}$/), (body) => {
        assert.equal(crc32(body), zlibCrc32(body));
        assert.equal(
          checkCrc32Suffix(`ghp_${body}${toBase62(crc32(body))}`).validator,
          'crc32:passed',
        );
        assert.equal(
          checkCrc32Suffix(`ghp_${body}${toBase62(crc32(`${body}x`))}`).validator,
          'crc32:failed',
        );
      }),
    );
  });

  it('decodes base64 and base64url as the platform does', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const buffer = Buffer.from(bytes);
        assert.equal(toAscii(decodeBase64(buffer.toString('base64'))), buffer.toString('latin1'));
        assert.equal(
          toAscii(decodeBase64(buffer.toString('base64url'))),
          buffer.toString('latin1'),
        );
      }),
    );
  });

  const kinds: readonly [name: string, kind: ReturnType<typeof secretKindOf>][] = [
    ['dbPassword', 'password'],
    ['DB_PASS', 'password'],
    ['userPwd2', 'password'],
    ['mypassword', 'password'],
    ['client_secret', 'secret'],
    ['apikey_myservice', 'secret'],
    ['X-Api-Key', 'secret'],
    ['refreshToken', 'secret'],
    ['stripeKey', 'key'],
    ['KEY', 'key'],
    ['passwordField', undefined],
    ['token_url', undefined],
    ['primaryKey', undefined],
    ['public_key', undefined],
    ['keyboard', undefined],
    ['secretName', undefined],
    ['compass', undefined],
    ['monkey', undefined],
    ['nextPageToken', undefined],
    ['x', undefined],
  ];
  for (const [name, kind] of kinds) {
    it(`takes ${name} for ${kind ?? 'no secret'}`, () => assert.equal(secretKindOf(name), kind));
  }
});
