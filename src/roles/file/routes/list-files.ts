import { createRoute, z } from '@hono/zod-openapi';
import { AppError } from '../../../platform/app-error.ts';
import type { App } from '../../../platform/http/create-app.ts';
import { nextLink, PageQuerySchema } from '../../../platform/http/list-page.ts';
import { type Principal, requireUser } from '../../../platform/http/principal.ts';
import { problemResponses } from '../../../platform/http/problem.ts';
import type { FileContext } from '../file-context.ts';
import {
  type FileFilter,
  listFiles as listRows,
  type Position,
  sorts,
} from '../store/list-files.ts';
import { findOwner, findOwnerByUsername } from '../store/owners.ts';
import { fileStatuses, labels } from '../store/schema.ts';
import { FileSchema, toFile } from './file-schema.ts';

const ListQuerySchema = PageQuerySchema.extend({
  username: z.string().max(320).optional(),
  label: z.enum(labels).optional(),
  status: z.enum(fileStatuses).optional(),
  type: z
    .string()
    .regex(/^[a-z][a-z0-9_]{0,63}$/, 'must be the id of a type, e.g. credit_card')
    .optional()
    .openapi({ description: 'Files in which this type was found.' }),
  min_score: z.coerce.number().int().min(0).max(100).optional(),
  q: z.string().min(1).max(200).optional().openapi({ description: 'Part of the name.' }),
  sort: z.enum(sorts).default('-created'),
});

const route = createRoute({
  method: 'get',
  path: '/',
  operationId: 'listFiles',
  tags: ['Files'],
  summary: 'Lists files, newest first',
  description:
    'Users see their own files, auditors and admins all. The next page is in `Link: rel="next"`. ' +
    'With several filters at once a page can come out shorter than `limit`, even empty, while ' +
    'there are more: go on until there is no such link.',
  security: [{ bearer: [] }],
  request: { query: ListQuerySchema },
  responses: {
    200: {
      description: 'One page.',
      headers: z.object({ Link: z.string().optional() }),
      content: { 'application/json': { schema: z.array(FileSchema) } },
    },
    ...problemResponses('invalid_request', 'invalid_cursor', 'unauthenticated', 'forbidden'),
  },
});

export function listFiles(app: App, context: FileContext): void {
  app.openapi(route, async (c) => {
    const query = c.req.valid('query');
    const filter = await filterOf(context, c.get('principal'), query);
    if (filter === undefined) return c.json([], 200);
    const { cursor, limit, sort, ...rest } = query;
    const purpose = `files:${sort}:${JSON.stringify(filter)}`;
    const after =
      cursor === undefined ? undefined : (context.cursors.open(purpose, cursor) as Position);
    const page = await listRows(context.store, filter, { sort, limit, after });
    if (page.next) {
      const kept = Object.entries({ ...rest, sort, limit })
        .filter(([, value]) => value !== undefined)
        .map(([name, value]) => [name, String(value)]);
      const next = context.cursors.seal(purpose, page.next);
      c.header('Link', nextLink('/api/file/', Object.fromEntries(kept), next));
    }
    const files = [];
    for (const row of page.files) files.push(await toFile(context, row));
    return c.json(files, 200);
  });
}

/** Whose files the caller may list; undefined when there can be none. */
async function filterOf(
  context: FileContext,
  principal: Principal,
  query: z.infer<typeof ListQuerySchema>,
): Promise<FileFilter | undefined> {
  const { role, subject } = requireUser(principal);
  const { label, status, type, min_score: minScore, q, username } = query;
  const filter: FileFilter = { label, status, type, minScore, q };
  if (username?.includes('\0')) {
    throw new AppError('invalid_request', 'a username has no NUL');
  }
  const named =
    username === undefined ? undefined : await findOwnerByUsername(context.store, username);
  if (username !== undefined && !named) return undefined;
  if (role === 'user') {
    const own = await findOwner(context.store, subject);
    if (!own || (named && named.owner !== own.owner)) return undefined;
    return { ...filter, owner: own.owner };
  }
  return named ? { ...filter, owner: named.owner } : filter;
}
