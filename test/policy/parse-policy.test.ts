import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { defaultPolicy } from '../../src/engine/policy.ts';
import { defaultPolicyText } from '../../src/policy/default-policy-text.ts';
import { maxPolicyBytes, parsePolicy } from '../../src/policy/parse-policy.ts';
import { formatProblem, type PolicyProblem } from '../../src/policy/policy-problem.ts';

function problemsOf(text: string): readonly PolicyProblem[] {
  const parsed = parsePolicy(text);
  return parsed.ok ? [] : parsed.problems;
}

const linesOf = (text: string): string[] =>
  problemsOf(text).map((problem) => formatProblem('policy.yaml', problem));

/** What follows `version: 1` in the first line, and what is said of it. */
const wrong: [text: string, line: string | RegExp][] = [
  [
    'types:\n  credit_crad: { weight: 1 }',
    'policy.yaml:3:3: types.credit_crad is not a type; did you mean credit_card?',
  ],
  ['labells: {}', /^policy\.yaml:2:1: labells is not a setting here; did you mean labels\?$/],
  [
    'types: { email: { wieght: 1 } }',
    /^policy\.yaml:2:19: types\.email\.wieght .*did you mean weight/,
  ],
  [
    'types: { email: { weight: 2 } }',
    /^policy\.yaml:2:27: types\.email\.weight must be a number from 0 to 1, not 2$/,
  ],
  ['min_confidence: 0.555', /:2:17: min_confidence must be in steps of 0\.01/],
  ['min_confidence: high', /:2:17: min_confidence must be a number from 0 to 1$/],
  ['count_test_values: maybe', /:2:20: count_test_values must be true or false/],
  ['labels: { internal: 50 }', /:2:9: labels must not fall/],
  ['labels: 3', /:2:9: labels must be a mapping/],
  [
    'floors:\n  types:\n    emial: internal',
    /:4:5: floors\.types\.emial is not a type; did you mean email/,
  ],
  [
    'floors: { types: { email: secret } }',
    /must be one of public, internal, confidential, restricted, none/,
  ],
  [
    'floors: { many_people: { count: 0, label: internal } }',
    /many_people\.count must be a whole number from 1/,
  ],
  ['detectors: [{}]', /detectors\[0\]\.id is missing: it must be a name/],
  ['detectors: [{ id: own }]', /:2:13: detectors\[0\] finds nothing/],
  ['detectors: [{ id: Own, keywords: [ab] }]', /:2:19: detectors\[0\]\.id must be 2 to 64 small/],
  ['detectors: [{ id: email, keywords: [ab] }]', /email is a type there is already/],
  ['detectors: [{ id: a1, keywords: [ab] }, { id: a1, keywords: [cd] }]', /a1 is here twice/],
  ['detectors: [{ id: own, keywords: ["-"] }]', /keywords\[0\] must have two letters/],
  [
    'detectors: [{ id: own, keywords: [ab], validator: crc }]',
    /validator must be one of luhn, iban/,
  ],
  [
    "detectors:\n  - id: own\n    patterns:\n      - '(a'",
    'policy.yaml:5:9: detectors[0].patterns[0] is refused at its character 1: this ( has no )',
  ],
  [
    "detectors: [{ id: own, patterns: [{ regex: '(ab)\\1' }] }]",
    /:2:44: detectors\[0\]\.patterns\[0\]\.regex is refused at its character 5: .*linear time/,
  ],
  [
    'detectors: [{ id: own, dictionary: { file: words.txt } }]',
    /dictionary\.file is read by the command line only/,
  ],
  ['detectors: [{ id: own, patterns: [{ rgex: ab }] }]', /patterns\[0\]/],
  [
    'allow: { values: [{ value: x, types: [emial] }] }',
    /:2:39: allow\.values\[0\]\.types\[0\] emial is not a type; did you mean email/,
  ],
  ['images: { ocr: yes }', 'policy.yaml:2:16: images.ocr must be true or false'],
  ['images: { orc: true }', /:2:11: images\.orc is not a setting here; did you mean ocr/],
  ['images: true', 'policy.yaml:2:9: images must be a mapping of names to values, not true'],
  ['allow: { patterns: ["["] }', /allow\.patterns\[0\] is refused at its character 1/],
  ['allow: { fingerprints: [abc] }', /fingerprints\[0\] must be a fingerprint/],
  ['types: &a {}\nfloors: *a', /anchors are not for policies/],
  ['types: {}\ntypes: {}', /:3:1: types is here twice/],
  ['types: [', /:2:9: this is no YAML/],
  ['---\nversion: 1', /this is no YAML/],
];

describe('parsePolicy()', () => {
  for (const [text, line] of wrong) {
    it(`says what is wrong with ${JSON.stringify(text)}, where and what to do`, () => {
      const lines = linesOf(`version: 1\n${text}`);
      const isSaid = lines.some((one) =>
        typeof line === 'string' ? one === line : line.test(one),
      );
      assert.ok(isSaid, lines.join('\n') || 'nothing');
    });
  }

  it('tells of every problem at once, in the order of their lines', () => {
    const lines = linesOf('version: 2\nmin_confidence: 7\ntypes: { email: { of: true } }\n');
    assert.deepEqual(
      lines.map((line) => line.split(':')[1]),
      ['1', '2', '3'],
    );
  });

  it('demands the version, also of an empty text', () => {
    for (const text of ['', '# nothing\n', 'types: {}']) {
      assert.match(linesOf(text).join(), /^policy\.yaml:1:\d+: version is missing: it must be 1/);
    }
  });

  it('reads the default that `policy init` writes as the engine’s own default', () => {
    const parsed = parsePolicy(defaultPolicyText);
    assert.ok(parsed.ok);
    assert.deepEqual({ ...parsed.policy, version: 'default-1' }, defaultPolicy);
  });

  it('reads the default with every example in it switched on', () => {
    const text = defaultPolicyText
      .replaceAll(/^#( {2,}\S)/gm, '$1')
      .replaceAll(/: (\[\]|\{\})$/gm, ':')
      .replace('  - id: customer\n    dictionary: { file: customers.txt }\n', '')
      .replace('types: [phone_number]', 'types: [email]');
    const parsed = parsePolicy(text);
    assert.ok(parsed.ok, JSON.stringify(parsed));
    assert.equal(parsed.policy.detectors.length, 2);
    assert.equal(parsed.policy.types['iban']?.off, true);
    assert.equal(parsed.policy.allow.values[1]?.types[0], 'email');
  });

  it('reads JSON as well, and gives equal policies equal versions', () => {
    const document = { version: 1, types: { email: { weight: 0.2 } } };
    const [json, yaml] = [
      JSON.stringify(document),
      'version: 1\ntypes:\n  email:\n    weight: 0.2\n',
    ];
    const [one, other] = [parsePolicy(json), parsePolicy(yaml)];
    assert.ok(one.ok && other.ok);
    assert.deepEqual(one.policy, other.policy);
    assert.equal(structuredClone(one.policy).version, one.policy.version);
    const changed = parsePolicy(json.replace('0.2', '0.3'));
    assert.ok(changed.ok);
    assert.notEqual(changed.policy.version, one.policy.version);
  });

  const bombs: Record<string, string> = {
    'aliases of aliases': `a: &a [x,x]\n${'bcdefghij'
      .split('')
      .map((name, n) => `${name}: &${name} [${`*${'abcdefghij'[n]},`.repeat(9)}]`)
      .join('\n')}`,
    'deep lists': '['.repeat(200_000),
    'deep mappings': '{a: '.repeat(100_000),
    'deep blocks': Array.from({ length: 1_000 }, (_, n) => `${' '.repeat(n)}a:`).join('\n'),
    'many keys': Array.from({ length: 60_000 }, (_, n) => `k${n}: 1`).join('\n'),
    'one key many times': 'k: 1\n'.repeat(60_000),
    'a long text': `"${'x'.repeat(900_000)}"`,
    'many documents': '---\n'.repeat(60_000),
    'too many bytes': '#'.repeat(maxPolicyBytes + 1),
  };
  for (const [name, text] of Object.entries(bombs)) {
    it(`refuses ${name} with few problems and without delay`, { timeout: 20_000 }, () => {
      const problems = problemsOf(text);
      assert.ok(problems.length > 0 && problems.length <= 50);
    });
  }

  it('never throws, whatever is in the text', () => {
    const piece = fc.constantFrom(
      ...['version: 1\n', 'types:', ' ', '\n', '  ', '- ', '[', ']', '{', '}', ':', ',', '"', "'"],
      ...['email', 'weight', '0.5', '&a', '*a', '!!x', '|', '>', '?', '#', '\t', '__proto__', 'ä'],
    );
    const anyYaml = fc.array(piece, { maxLength: 30 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(fc.oneof(anyYaml, fc.json(), fc.string()), (text) => {
        const parsed = parsePolicy(text);
        assert.ok(parsed.ok || parsed.problems.length > 0);
      }),
      { numRuns: 400 },
    );
  });
});
