import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { TypeResolver } from '../../../src/cli/eval/resolve-types.ts';
import type { Detector } from '../../../src/engine/detector.ts';
import { iban } from '../../../src/engine/detectors/iban.ts';
import { privateKey } from '../../../src/engine/detectors/private-key.ts';

function credential(id: string): Detector {
  return { ...privateKey, id };
}

const list = [
  { ...iban, id: 'phone' },
  iban,
  credential('aws_access_key'),
  credential('aws_bedrock'),
  credential('awsome_key'),
  credential('generic_credential'),
  credential('square_token'),
  credential('squarespace_token'),
  credential('jwt'),
];

/** Peer, entity, and the ids it stands for. */
const cases: [peer: string, entity: string, ids: string[]][] = [
  ['presidio', 'IBAN_CODE', ['iban']],
  ['presidio', 'PHONE_NUMBER', ['phone']],
  ['presidio', 'TR_PHONE_NUMBER', ['phone']],
  ['presidio', 'XX_NOTHING', []],
  ['own', 'iban', ['iban']],
  ['toString', 'toString', []],
  ['gitleaks', 'aws-access-token', ['aws_access_key', 'aws_bedrock']],
  ['gitleaks', 'square-secret', ['square_token']],
  ['gitleaks', 'jwt', ['jwt']],
  ['gitleaks', 'generic-api-key', ['generic_credential']],
  ['detect-secrets', 'KeywordDetector', ['generic_credential']],
  ['pdscan', 'none:Phone', ['phone']],
];
const credentials = list.filter(({ category }) => category === 'credential').map(({ id }) => id);
const secretsPeers = new Set(['gitleaks', 'detect-secrets', 'secretlint']);

describe('TypeResolver', () => {
  for (const [peer, entity, ids] of cases) {
    it(`reads ${entity} of ${peer} as ${ids.join(' and ') || 'nothing there is'}`, () => {
      const resolved = new TypeResolver(list).entity(peer, entity);
      assert.deepEqual([...resolved.ids], ids);
      const fulfilling = secretsPeers.has(peer) ? credentials : ids;
      assert.deepEqual([...resolved.fulfilling].sort(), [...new Set(fulfilling)].sort());
    });
  }

  it('takes away what an exclamation mark names', () => {
    const { ids } = new TypeResolver(list).entity('secretlint', 'preset-recommend');
    assert.deepEqual(
      [...ids],
      credentials.filter((id) => id !== 'generic_credential'),
    );
  });
});
