import { createRoute, z } from '@hono/zod-openapi';
import type { App } from '../../../platform/http/create-app.ts';
import { requireUser } from '../../../platform/http/principal.ts';
import { problemResponses } from '../../../platform/http/problem.ts';
import type { FileContext } from '../file-context.ts';
import { everyone, listCounts } from '../store/counts.ts';
import { findOwner } from '../store/owners.ts';

const CountsSchema = z.record(z.string(), z.int());

const SummarySchema = z
  .object({
    files: z.int(),
    bytes: z.int(),
    by_label: CountsSchema,
    by_status: CountsSchema,
    by_type: CountsSchema.openapi({ description: 'Files in which the type was found.' }),
  })
  .openapi('Summary');

const route = createRoute({
  method: 'get',
  path: '/summary',
  operationId: 'readSummary',
  tags: ['Files'],
  summary: 'Counts files by label, status and type',
  description: 'Of the caller’s own files; of all files for auditors and admins.',
  security: [{ bearer: [] }],
  responses: {
    200: {
      description: 'The counts.',
      content: { 'application/json': { schema: SummarySchema } },
    },
    ...problemResponses('unauthenticated', 'forbidden'),
  },
});

export function readSummary(app: App, context: FileContext): void {
  app.openapi(route, async (c) => {
    const { role, subject } = requireUser(c.get('principal'));
    const own = role === 'user' ? await findOwner(context.store, subject) : undefined;
    const owner = role === 'user' ? own?.owner : everyone;
    const counts = owner === undefined ? [] : await listCounts(context.store, owner);
    const by = (facet: string): Record<string, number> =>
      Object.fromEntries(
        counts.filter((row) => row.facet === facet).map(({ value, files }) => [value, files]),
      );
    const summary = {
      files: by('files')[''] ?? 0,
      bytes: by('bytes')[''] ?? 0,
      by_label: by('label'),
      by_status: by('status'),
      by_type: by('type'),
    };
    return c.json(summary, 200);
  });
}
