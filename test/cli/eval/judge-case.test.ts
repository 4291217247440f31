import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Judge } from '../../../src/cli/eval/judge-case.ts';
import { type LabelledCase, parseCase } from '../../../src/cli/eval/labelled-case.ts';
import { TypeResolver } from '../../../src/cli/eval/resolve-types.ts';
import { detectors } from '../../../src/engine/detector-list.ts';
import { iban } from '../../../src/engine/detectors/iban.ts';
import { privateKey } from '../../../src/engine/detectors/private-key.ts';
import { usSsn } from '../../../src/engine/detectors/us-ssn.ts';

const key = privateKey.hits[0]?.text ?? '';
const ssn = '130-07-5728';

function labelled(fields: Record<string, unknown>): LabelledCase {
  const line = JSON.stringify({ polarity: 'positive', ...fields });
  return parseCase(line, { file: 'own.jsonl', suite: 'own', line: 1 });
}

/** A judge over four types; the private key detector also stands for a provider's credential. */
function judgeOf(minConfidence: number | null = null): Judge {
  const list = [iban, usSsn, { ...privateKey, id: 'acme_pat' }];
  return new Judge({ detectors: list, resolver: new TypeResolver(list), minConfidence });
}

interface Example {
  what: string;
  fields: Record<string, unknown>;
  passed: boolean;
}

const examples: Example[] = [
  {
    what: 'a positive whose span is touched',
    fields: { entity: 'us_ssn', text: `SSN ${ssn}`, spans: [{ start: 8, end: 9 }] },
    passed: true,
  },
  {
    what: 'a positive whose span only ends where the finding starts',
    fields: { entity: 'us_ssn', text: `SSN ${ssn}`, spans: [{ start: 0, end: 4 }] },
    passed: false,
  },
  {
    what: 'a positive with spans in UTF-16 after characters of two and four bytes',
    fields: { entity: 'us_ssn', text: `é𝒳 SSN ${ssn}`, spans: [{ start: 8, end: 10 }] },
    passed: true,
  },
  {
    what: 'a positive of which one of two spans is not found',
    fields: {
      entity: 'us_ssn',
      text: `SSN ${ssn} and SSN 000-12-3456`,
      spans: [
        { start: 4, end: 15 },
        { start: 24, end: 35 },
      ],
    },
    passed: false,
  },
  {
    what: 'a positive without spans, found anywhere',
    fields: { entity: 'us_ssn', text: `SSN ${ssn}` },
    passed: true,
  },
  {
    what: 'a positive found only as another type',
    fields: { entity: 'iban', text: `SSN ${ssn}` },
    passed: false,
  },
  {
    what: 'a positive found at the second place of its value',
    fields: { entity: 'us_ssn', text: `x130-07-5728 ... SSN ${ssn}`, values: [ssn] },
    passed: true,
  },
  {
    what: 'a positive whose value is elsewhere',
    fields: { entity: 'us_ssn', text: `SSN ${ssn}, not here`, values: ['not here'] },
    passed: false,
  },
  {
    what: 'a positive of a type that does not exist',
    fields: { entity: 'xx_nothing', text: `SSN ${ssn}` },
    passed: false,
  },
  {
    what: 'a negative with a finding of its type',
    fields: { entity: 'us_ssn', text: `SSN ${ssn}`, polarity: 'negative' },
    passed: false,
  },
  {
    what: 'a negative with a finding of another type',
    fields: { entity: 'iban', text: `SSN ${ssn}`, polarity: 'negative' },
    passed: true,
  },
  {
    what: "a positive of one entity by its span's own entity, where the suite names that",
    fields: {
      peer: 'ferret-scan',
      entity: 'CREDIT_CARD',
      text: `SSN ${ssn}`,
      spans: [{ start: 4, end: 15, entity: 'SSN' }],
    },
    passed: true,
  },
  {
    what: 'a weak candidate, where the suite judges without a minimum',
    fields: { peer: 'presidio', entity: 'US_SSN', text: '130075728' },
    passed: true,
  },
  {
    what: 'the same weak candidate at default confidence',
    fields: { peer: 'pdscan', entity: 'ssn', text: '130075728' },
    passed: false,
  },
  {
    what: "any credential, for a positive of a provider's",
    fields: { peer: 'gitleaks', entity: 'example-access-token', text: key },
    passed: true,
  },
  {
    what: "another provider's credential, for a negative",
    fields: {
      peer: 'gitleaks',
      entity: 'example-access-token',
      text: key,
      polarity: 'negative',
    },
    passed: true,
  },
  {
    what: "the provider's own credential, for a negative",
    fields: { peer: 'gitleaks', entity: 'acme-access-token', text: key, polarity: 'negative' },
    passed: false,
  },
  {
    what: 'a sentence of which all spans are found, and nothing else',
    fields: {
      peer: 'presidio-research',
      entity: '*',
      kind: 'ner',
      text: `SSN ${ssn}`,
      spans: [{ start: 4, end: 15, entity: 'US_SSN' }],
    },
    passed: true,
  },
  {
    what: 'a sentence in which something is found that is no span',
    fields: { entity: '*', kind: 'ner', text: `SSN ${ssn}`, polarity: 'negative' },
    passed: false,
  },
  {
    what: 'a sentence whose span is found as another type',
    fields: {
      peer: 'presidio-research',
      entity: '*',
      kind: 'ner',
      text: `SSN ${ssn}`,
      spans: [{ start: 4, end: 15, entity: 'PHONE_NUMBER' }],
    },
    passed: false,
  },
];

describe('Judge', () => {
  for (const { what, fields, passed } of examples) {
    it(`${passed ? 'passes' : 'fails'} ${what}`, () => {
      assert.equal(judgeOf().judge(labelled(fields)).passed, passed);
    });
  }

  it('takes a minimum in place of the suites’ own', () => {
    const weak = labelled({ peer: 'presidio', entity: 'US_SSN', text: '130075728' });
    assert.equal(judgeOf(0.5).judge(weak).passed, false);
  });

  it('gives findings at UTF-16 code units', () => {
    const { findings } = judgeOf().judge(labelled({ entity: 'us_ssn', text: `€𝒳 SSN ${ssn}` }));
    const [{ start = -1, end = -1 } = {}] = findings;
    assert.deepEqual([start, end], [8, 19]);
  });

  it('finds what lies below the minimum when asked for anything', () => {
    const weak = labelled({ peer: 'pdscan', entity: 'ssn', text: '130075728' });
    assert.deepEqual(
      judgeOf()
        .findAnything(weak)
        .map(({ type }) => type),
      ['us_ssn'],
    );
  });

  it("agrees with every detector's own examples", () => {
    const judge = new Judge({
      detectors,
      resolver: new TypeResolver(detectors),
      minConfidence: null,
    });
    for (const { id, hits, misses, maxConfidence = 1 } of detectors) {
      // What counts under no default is found under none.
      if (maxConfidence < 0.5) continue;
      for (const { text, values } of hits) {
        const verdict = judge.judge(labelled({ entity: id, text, values }));
        assert.ok(verdict.passed, `${id} in ${text.slice(0, 60)}`);
      }
      for (const text of misses) {
        const verdict = judge.judge(labelled({ entity: id, text, polarity: 'negative' }));
        assert.ok(verdict.passed, `${id} not in ${text.slice(0, 60)}`);
      }
    }
  });
});
