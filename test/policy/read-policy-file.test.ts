import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { PolicyError } from '../../src/policy/policy-problem.ts';
import { readPolicyFile } from '../../src/policy/read-policy-file.ts';
import { useFolder } from '../support/use-folder.ts';

const withFile = (file: string): string =>
  `version: 1\ndetectors: [{ id: customer, dictionary: { file: ${file} } }]\n`;

test('readPolicyFile() reads dictionaries next to the policy, without empty lines and comments', (t) => {
  const folder = useFolder(t);
  mkdirSync(join(folder, 'lists'));
  writeFileSync(
    join(folder, 'lists', 'customers.txt'),
    '\ufeff# ours\r\nAcme Ltd\r\n\r\nBlue Sky\n',
  );
  writeFileSync(join(folder, 'policy.yaml'), `\ufeff${withFile('lists/customers.txt')}`);
  const { detectors } = readPolicyFile(join(folder, 'policy.yaml'));
  assert.deepEqual(detectors[0]?.words, ['Acme Ltd', 'Blue Sky']);
});

for (const [file, message] of [
  ['../secret.txt', /must be next to the policy/],
  ['/etc/hostname', /must be next to the policy/],
  ['missing.txt', /cannot be read \(ENOENT\)/],
] as const) {
  test(`readPolicyFile() refuses the dictionary ${file} with its place`, (t) => {
    const folder = useFolder(t);
    writeFileSync(join(folder, 'policy.yaml'), withFile(file));
    assert.throws(
      () => readPolicyFile(join(folder, 'policy.yaml')),
      (error: unknown) => {
        assert.ok(error instanceof PolicyError);
        assert.match(error.message, message);
        assert.match(error.message, /policy\.yaml:2:\d+: detectors\[0\]\.dictionary\.file /);
        return true;
      },
    );
  });
}

test('readPolicyFile() says which file cannot be read', () => {
  assert.throws(
    () => readPolicyFile('/nowhere/policy.yaml'),
    /policy\.yaml cannot be read \(ENOENT\)/,
  );
});
