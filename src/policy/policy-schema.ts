import { z } from '@hono/zod-openapi';
import { checksumNames } from '../engine/checksums.ts';
import { normalisations } from '../engine/own-detector.ts';
import { categories } from '../engine/types.ts';

export const labelNames = ['public', 'internal', 'confidential', 'restricted'] as const;

export const policyLimits = {
  detectors: 500,
  words: 200_000,
  patterns: 200,
  entries: 10_000,
  wordChars: 200,
} as const;

const unit = number('a number from 0 to 1', 0, 1);
const hundredth = unit.multipleOf(0.01, { error: 'must be in steps of 0.01, such as 0.55' });
const points = number('a whole number from 0 to 100', 0, 100).int({
  error: 'must be a whole number from 0 to 100',
});
const label = oneOf(labelNames);
const labelOrNone = oneOf([...labelNames, 'none']);
const word = text('a word or phrase in quotes', policyLimits.wordChars);
const types = z.array(text('the name of a type', 64)).max(500).describe('Only for these types.');
const reason = text('a sentence', 500).describe('Why it is allowed; for people.');
const words = list(word, policyLimits.words);

function number(what: string, min: number, max: number): z.ZodNumber {
  const error = `must be ${what}`;
  return z.number({ error }).min(min, { error }).max(max, { error });
}

function text(what: string, maxChars: number): z.ZodString {
  return z
    .string({ error: `must be ${what}` })
    .min(1, { error: `must be ${what}, not empty` })
    .max(maxChars, { error: `may have ${maxChars} characters at most` });
}

function oneOf<const Names extends readonly string[]>(
  names: Names,
): z.ZodEnum<{ [Name in Names[number]]: Name }> {
  return z.enum(names, { error: `must be one of ${names.join(', ')}` });
}

function list<Item extends z.ZodType>(item: Item, most: number): z.ZodArray<Item> {
  return z
    .array(item, { error: 'must be a list' })
    .max(most, { error: `may have ${most} entries at most` });
}

function entryList<Field extends string>(field: Field, what: z.ZodString) {
  const entry = z.union(
    [what, z.strictObject({ [field]: what, types: types.optional(), reason: reason.optional() })],
    { error: `must be text, or ${field} with types and reason` },
  );
  return list(entry, policyLimits.entries).optional();
}

const TypeSchema = z.strictObject(
  {
    weight: unit.optional().describe('What one value adds to the score.'),
    min_confidence: hundredth.optional().describe('Findings below it do not count.'),
    off: z.boolean({ error: 'must be true or false' }).optional(),
  },
  { error: asMapping },
);

const PatternSchema = z.union(
  [
    text('a regular expression', 1_000),
    z.strictObject({
      regex: text('a regular expression', 1_000),
      name: text('a name', 64).optional().describe('Shown where a finding came from.'),
      confidence: unit.optional(),
    }),
  ],
  { error: 'must be a regular expression in quotes, or regex with name and confidence' },
);

const DetectorSchema = z.strictObject(
  {
    id: z
      .string({ error: 'must be a name' })
      .regex(/^[a-z][a-z0-9_]{1,63}$/, {
        error: 'must be 2 to 64 small letters, digits and underscores, such as employee_number',
      })
      .describe('The name of the type.'),
    description: text('a sentence', 500).optional(),
    category: oneOf(categories).optional().describe('Default: custom.'),
    weight: unit.optional().describe('Default: 0.3.'),
    label: label.optional().describe('The label every file gets in which it is found.'),
    confidence: unit.optional().describe('Before context. Default: words 0.8, patterns 0.6.'),
    keywords: words.optional().describe('Words and phrases, found as whole words.'),
    dictionary: z
      .union(
        [
          words,
          z.strictObject({
            file: text('the name of a file', 300).describe('Next to the policy, one word a line.'),
          }),
        ],
        { error: 'must be a list of words, or file with a name' },
      )
      .optional(),
    case_sensitive: z
      .boolean({ error: 'must be true or false' })
      .optional()
      .describe('Of keywords and dictionary; a pattern is as it is written, or begins with (?i).'),
    patterns: list(PatternSchema, policyLimits.patterns).optional(),
    context: list(word, 500).optional().describe('Words near a value that raise its confidence.'),
    validator: oneOf(checksumNames).optional().describe('A check that a value must pass.'),
    normalise: oneOf(normalisations).optional().describe('What is the same value. Default: case.'),
  },
  { error: asMapping },
);

/** Refusals of keys have their own words; anything else should have been a mapping. */
function asMapping(issue: { code?: string | undefined }): string | undefined {
  return issue.code === 'invalid_type' ? 'must be a mapping of names to values' : undefined;
}

/** A policy as a team writes it; what is left out is as the engine's default has it. */
export const PolicySchema = z.strictObject(
  {
    version: z.literal(1, { error: 'must be 1' }).describe('Of this format.'),
    min_confidence: hundredth.optional().describe('Of all types. Default: 0.5.'),
    count_test_values: z
      .boolean({ error: 'must be true or false' })
      .optional()
      .describe('Whether published test values count as others do.'),
    types: z
      .record(z.string(), TypeSchema, { error: 'must be a mapping of types to settings' })
      .optional(),
    labels: z
      .strictObject(
        {
          internal: points.optional(),
          confidential: points.optional(),
          restricted: points.optional(),
        },
        { error: asMapping },
      )
      .optional()
      .describe('The lowest score of each label. Default: 10, 40, 75.'),
    floors: z
      .strictObject(
        {
          types: z.record(z.string(), labelOrNone, { error: 'must be a mapping' }).optional(),
          many_people: z
            .union(
              [
                z.literal('none'),
                z.strictObject({
                  count: number('a whole number from 1', 1, 65_536).int(),
                  label,
                }),
              ],
              { error: 'must be none, or count with label' },
            )
            .optional(),
          health_with_identity: labelOrNone.optional(),
        },
        { error: asMapping },
      )
      .optional()
      .describe('Labels that files get whatever their score.'),
    detectors: list(DetectorSchema, policyLimits.detectors)
      .optional()
      .describe('Types of your own.'),
    allow: z
      .strictObject(
        {
          values: entryList('value', text('a value', 1_000)),
          patterns: entryList('pattern', text('a regular expression', 1_000)),
          paths: entryList('path', text('a path', 1_000)),
          fingerprints: entryList(
            'fingerprint',
            text('a fingerprint', 32).regex(/^[0-9a-f]{32}$/, {
              error: 'must be a fingerprint of a finding: 32 digits and letters a to f',
            }),
          ),
        },
        { error: asMapping },
      )
      .optional()
      .describe('What is no finding although it looks like one.'),
    images: z
      .strictObject(
        {
          ocr: z
            .boolean({ error: 'must be true or false' })
            .optional()
            .describe('Whether the text that pictures show is read. Default: false.'),
        },
        { error: asMapping },
      )
      .optional()
      .describe('What is done with pictures.'),
  },
  { error: asMapping },
);

export type PolicyDocument = z.infer<typeof PolicySchema>;
export type DetectorDocument = z.infer<typeof DetectorSchema>;

/** The JSON Schema of the file, for editors and other programs. */
export function policyJsonSchema(): Record<string, unknown> {
  const schema = z.toJSONSchema(PolicySchema, { target: 'draft-2020-12' });
  return { title: 'Policy of Sensitivity', ...schema };
}
