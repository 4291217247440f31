import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Rc4 } from '../../../../src/documents/formats/encryption/rc4.ts';

const cases: [key: string, text: string, encrypted: string][] = [
  ['Key', 'Plaintext', 'bbf316e8d940af0ad3'],
  ['Wiki', 'pedia', '1021bf0420'],
  ['Secret', 'Attack at dawn', '45a01f645fc35b383552544b9bf5'],
];

describe('Rc4', () => {
  for (const [key, text, encrypted] of cases) {
    it(`encrypts ${text} with ${key}`, () => {
      const bytes = new Rc4(Buffer.from(key)).apply(Buffer.from(text));
      assert.equal(Buffer.from(bytes).toString('hex'), encrypted);
    });
  }
});
