import { z } from '@hono/zod-openapi';
import type { FileContext } from '../file-context.ts';
import { fileStatuses, labels, type StoredFile } from '../store/schema.ts';

export const FileSchema = z
  .object({
    id: z.uuid().openapi({ description: 'UUIDv7 of this upload.' }),
    username: z.string().openapi({ description: 'Who uploaded it.' }),
    filename: z.string(),
    version: z.int().openapi({ description: 'Counts the uploads of this name by this user.' }),
    filesize: z.int().openapi({ description: 'In bytes.' }),
    sha256: z.string(),
    media_type: z.string(),
    status: z.enum(fileStatuses),
    status_reason: z.string().nullable().openapi({
      description: 'Why it is `partial` or `failed`, e.g. `unsupported:application/pdf`.',
    }),
    sensitivity_score: z.int().min(0).max(100).nullable().openapi({
      description: 'Null until scored. For `partial` a lower bound.',
    }),
    label: z.enum(labels).nullable(),
    created_time: z.iso.datetime(),
    last_updated_time: z.iso.datetime(),
    filepath: z.string().openapi({ description: 'Where its content is.' }),
  })
  .openapi('File');

export type File = z.infer<typeof FileSchema>;

export const FileIdSchema = z.object({
  id: z.string().openapi({ param: { name: 'id', in: 'path' }, description: 'UUIDv7' }),
});

/** A stored row as the API tells it. */
export async function toFile(context: FileContext, row: StoredFile): Promise<File> {
  return {
    id: row.id,
    username: await context.usernames.nameOf(row.owner),
    filename: row.name,
    version: row.version,
    filesize: row.size,
    sha256: row.sha256,
    media_type: row.media_type,
    status: row.status,
    status_reason: row.status_reason,
    sensitivity_score: row.score,
    label: row.label,
    created_time: row.created_at,
    last_updated_time: row.updated_at,
    filepath: `/api/file/${row.id}/content`,
  };
}
