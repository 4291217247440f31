import { createRoute, z } from '@hono/zod-openapi';
import { AppError } from '../../../platform/app-error.ts';
import type { App } from '../../../platform/http/create-app.ts';
import { limitBody } from '../../../platform/http/limit-body.ts';
import { requireRole } from '../../../platform/http/principal.ts';
import { problemResponses } from '../../../platform/http/problem.ts';
import { changePolicy as change } from '../actions/change-policy.ts';
import type { FileContext } from '../file-context.ts';
import { PolicySchema } from './policy-schema.ts';
import { answerPolicy } from './read-policy.ts';

/** YAML takes longer to read, and everybody else waits. */
const maxBytes = { yaml: 262_144, json: 1_048_576 };

const route = createRoute({
  method: 'put',
  path: '/policy',
  operationId: 'changePolicy',
  tags: ['Policy'],
  summary: 'Puts a new policy in force; what it changes is scored again',
  description:
    'For admins. `If-Match` names the `ETag` of the policy that is replaced. Only contents that ' +
    'a change can give other findings are read again; the others get their new score from what ' +
    'is stored. A policy that is not valid changes nothing; `errors` has line and column.',
  security: [{ bearer: [] }],
  request: {
    headers: z.object({ 'if-match': z.string() }),
    body: {
      required: true,
      content: {
        'application/yaml': { schema: z.string() },
        'application/json': { schema: z.looseObject({}) },
      },
    },
  },
  responses: {
    200: {
      description: 'In force.',
      headers: z.object({ ETag: z.string() }),
      content: { 'application/json': { schema: PolicySchema } },
    },
    ...problemResponses(
      'invalid_request',
      'unauthenticated',
      'forbidden',
      'precondition_failed',
      'body_too_large',
      'unsupported_media_type',
      'invalid_policy',
      'precondition_required',
    ),
  },
});

/** The body is read as text, so the route is documented and served apart from each other. */
export function changePolicy(app: App, context: FileContext): void {
  app.openAPIRegistry.registerPath(route);
  app.put(
    '/policy',
    async (c, next) => {
      requireRole(c.get('principal'), 'admin');
      await next();
    },
    limitBody(maxBytes.json),
    async (c) => {
      const format = formatOf(c.req.header('content-type') ?? '');
      const source = await c.req.text();
      if (Buffer.byteLength(source) > maxBytes[format]) {
        const message = `a policy in YAML may have ${maxBytes.yaml} bytes; send a longer one as JSON`;
        throw new AppError('body_too_large', message);
      }
      const ifMatch = c.req.header('if-match');
      const requestId = c.get('requestId');
      await change(context, c.get('principal'), { format, source, ifMatch, requestId });
      return answerPolicy(c, context.policies.row);
    },
  );
}

function formatOf(contentType: string): 'yaml' | 'json' {
  if (/^(?:application|text)\/(?:x-)?yaml\b/i.test(contentType)) return 'yaml';
  if (/^application\/json\b/i.test(contentType)) return 'json';
  throw new AppError('unsupported_media_type', 'send application/yaml or application/json');
}
