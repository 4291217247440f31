import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { test } from 'node:test';
import { parsePolicy } from '../../src/policy/parse-policy.ts';
import { policyJsonSchema } from '../../src/policy/policy-schema.ts';

test('the published JSON Schema is the one of this program: npm run schema', () => {
  const path = resolve(import.meta.dirname, '../../docs/policy.schema.json');
  assert.deepEqual(JSON.parse(readFileSync(path, 'utf8')), policyJsonSchema());
});

test('every setting in the JSON Schema refuses what it does not know', () => {
  const objects: Record<string, unknown>[] = [];
  const collect = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    if ('properties' in node) objects.push(node);
    Object.values(node).forEach(collect);
  };
  collect(policyJsonSchema());
  assert.ok(objects.length > 8);
  for (const one of objects) assert.equal(one['additionalProperties'], false);
});

test('the example in the documentation is a valid policy', () => {
  const text = readFileSync(resolve(import.meta.dirname, '../../docs/policy.md'), 'utf8');
  const example = /```yaml\n([\s\S]*?)```/.exec(text)?.[1] ?? '';
  const parsed = parsePolicy(example);
  assert.ok(parsed.ok, JSON.stringify(parsed));
  assert.equal(parsed.policy.detectors.length, 2);
});
