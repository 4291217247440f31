import { z } from '@hono/zod-openapi';

export const PolicyVersionSchema = z
  .object({
    version: z.int().openapi({ description: 'Counts the changes; 0 is the engine’s default.' }),
    created_time: z.iso.datetime().nullable(),
    created_by: z.string().nullable().openapi({ description: 'Id of the user.' }),
  })
  .openapi('PolicyVersion');

export const PolicySchema = PolicyVersionSchema.extend({
  policy_version: z.string().openapi({ description: 'As reports name it.' }),
  policy: z.looseObject({}).openapi({
    description: 'As docs/policy.schema.json describes it.',
  }),
}).openapi('Policy');
