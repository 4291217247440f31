import { createRoute, z } from '@hono/zod-openapi';
import type { App } from '../../../platform/http/create-app.ts';
import { limitBody } from '../../../platform/http/limit-body.ts';
import { problemResponses } from '../../../platform/http/problem.ts';
import { maxTestBytes, tryPolicy as runTest } from '../actions/try-policy.ts';
import type { FileContext } from '../file-context.ts';
import { labels } from '../store/schema.ts';
import { CountsSchema, FindingSchema, FloorSchema, ShareSchema } from './report-schema.ts';

const maxPolicyBytes = 262_144;

const route = createRoute({
  method: 'post',
  path: '/policy/test',
  operationId: 'testPolicy',
  tags: ['Policy'],
  summary: 'Tells what would be found in a text, and why; nothing is stored',
  security: [{ bearer: [] }],
  // Both may be written with an escape for each byte.
  middleware: limitBody((maxTestBytes + maxPolicyBytes) * 6),
  request: {
    body: {
      required: true,
      content: {
        'application/json': {
          schema: z.object({
            text: z
              .string()
              .refine((text) => Buffer.byteLength(text) <= maxTestBytes, {
                error: `may have ${maxTestBytes} bytes at most`,
              })
              .openapi({ description: `At most ${maxTestBytes} bytes.` }),
            policy: z
              .string()
              .refine((text) => Buffer.byteLength(text) <= maxPolicyBytes, {
                error: `may have ${maxPolicyBytes} bytes at most`,
              })
              .optional()
              .openapi({ description: 'In YAML or JSON; without it the one in force.' }),
            filename: z.string().max(1_024).optional(),
          }),
        },
      },
    },
  },
  responses: {
    200: {
      description: 'The score and its reasons.',
      content: {
        'application/json': {
          schema: z.object({
            sensitivity_score: z.int(),
            label: z.enum(labels),
            floor: FloorSchema,
            shares: z.array(ShareSchema),
            counts: CountsSchema,
            allowed: CountsSchema,
            findings: z.array(FindingSchema),
            policy_version: z.string(),
          }),
        },
      },
    },
    ...problemResponses(
      'invalid_request',
      'unauthenticated',
      'forbidden',
      'body_too_large',
      'invalid_policy',
    ),
  },
});

export function tryPolicy(app: App, context: FileContext): void {
  app.openapi(route, (c) => {
    const { text, policy, filename } = c.req.valid('json');
    const report = runTest(context, c.get('principal'), { text, policy, path: filename });
    const { score, label, floor, shares, counts, allowed, findings, policyVersion } = report;
    return c.json(
      {
        sensitivity_score: score,
        label,
        floor,
        shares,
        counts,
        allowed,
        findings: z.array(FindingSchema).parse(findings),
        policy_version: policyVersion,
      },
      200,
    );
  });
}
