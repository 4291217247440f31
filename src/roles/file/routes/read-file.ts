import { createRoute, z } from '@hono/zod-openapi';
import { promisedMediaType } from '../../../documents/name-media-type.ts';
import type { App } from '../../../platform/http/create-app.ts';
import { problemResponses } from '../../../platform/http/problem.ts';
import { parseReport, pathScorerOf } from '../actions/file-scores.ts';
import { readFile as readAllowed } from '../actions/read-file.ts';
import type { FileContext } from '../file-context.ts';
import { findContent } from '../store/contents.ts';
import { FileIdSchema, FileSchema, toFile } from './file-schema.ts';
import { CountsSchema, FloorSchema, InnerDocumentsSchema, ShareSchema } from './report-schema.ts';

const FileDetailSchema = FileSchema.extend({
  scanned_time: z.iso.datetime().nullable(),
  shares: z.array(ShareSchema),
  counts: CountsSchema.openapi({ description: 'Findings by type, exact.' }),
  allowed: CountsSchema.openapi({
    description: 'What the policy’s allow lists took out, by type.',
  }),
  floor: FloorSchema,
  promised_media_type: z.string().nullable().openapi({
    description: 'What the name’s ending promises, when the content is something else.',
  }),
  inner_documents: InnerDocumentsSchema,
  policy_version: z.string().nullable(),
  engine_version: z.string().nullable(),
}).openapi('FileDetail');

const route = createRoute({
  method: 'get',
  path: '/{id}',
  operationId: 'readFile',
  tags: ['Files'],
  summary: 'Tells everything about a file but its findings and its content',
  security: [{ bearer: [] }],
  request: { params: FileIdSchema },
  responses: {
    200: {
      description: 'The file.',
      content: { 'application/json': { schema: FileDetailSchema } },
    },
    ...problemResponses('unauthenticated', 'forbidden', 'not_found'),
  },
});

export function readFile(app: App, context: FileContext): void {
  app.openapi(route, async (c) => {
    const { id } = c.req.valid('param');
    const row = await readAllowed(context, c.get('principal'), { id, access: 'metadata' });
    const content = await findContent(context.store.db, row.sha256);
    const summary = parseReport(content?.report ?? null);
    const revision = await context.revisions.find(context.store.db, content?.revision ?? 0);
    const byName = summary?.tallies
      ? pathScorerOf(revision)?.score(summary.tallies.types, row.name)
      : undefined;
    const scored = byName ?? summary;
    const promised = summary && promisedMediaType(row.name, summary.media_type);
    const detail = {
      ...(await toFile(context, row)),
      scanned_time: content?.scanned_at ?? null,
      shares: z.array(ShareSchema).parse(scored?.shares ?? []),
      counts: scored?.counts ?? {},
      allowed: scored?.allowed ?? {},
      floor: FloorSchema.parse(scored?.floor ?? null),
      promised_media_type: promised ?? null,
      inner_documents: summary?.inner ?? { read: 0, unread: 0, problems: {} },
      policy_version: summary === undefined ? null : (revision?.policyVersion ?? null),
      engine_version: summary?.engine_version ?? null,
    };
    return c.json(detail, 200);
  });
}
