import { writeFileSync } from 'node:fs';
import { policyJsonSchema } from '../src/policy/policy-schema.ts';

/** Writes the JSON Schema of policies to where the documentation has it. */
writeFileSync('docs/policy.schema.json', `${JSON.stringify(policyJsonSchema(), null, 2)}\n`);
