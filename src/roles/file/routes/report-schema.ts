import { z } from '@hono/zod-openapi';
import { labels } from '../store/schema.ts';

export const FindingSchema = z
  .object({
    type: z.string().max(64),
    category: z.string(),
    confidence: z.number().min(0).max(1),
    place: z
      .looseObject({
        offset: z.int(),
        length: z.int(),
        line: z.int(),
        column: z.int(),
      })
      .openapi({
        description:
          'Offset and length in bytes; line and column from 1. Of the file at `path` inside it, if given; with `extracted`, of the text of the part that `page`, `slide`, `sheet`, `cell` and `section` name.',
      }),
    excerpt: z.string().openapi({ description: 'Its surroundings, the value masked.' }),
    fingerprint: z.string(),
    trace: z.looseObject({}).openapi({ description: 'Why it was found, and why this sure.' }),
  })
  .openapi('Finding');

export const ShareSchema = z
  .object({
    type: z.string(),
    category: z.string(),
    weight: z.number(),
    count: z.int(),
    distinct: z.number(),
    risk: z.number(),
    share: z.number().openapi({ description: 'Points of the score; the shares add up to it.' }),
  })
  .openapi('Share');

export const FloorSchema = z
  .object({ label: z.string(), reason: z.string() })
  .nullable()
  .openapi({ description: 'What lifts the label above what the score alone gives.' });

/** What another policy can be applied to; see scan-tallies.ts of the engine. */
const TalliesSchema = z.object({
  types: z.array(
    z.object({
      type: z.string().max(64),
      category: z.string(),
      weight: z.number(),
      floor: FloorSchema,
      steps: z.array(z.tuple([z.int(), z.int(), z.int(), z.int(), z.int(), z.int()])).max(101),
      under: z.number(),
      published: z.boolean(),
      saturated: z.boolean(),
    }),
  ),
  contests: z.array(
    z.object({
      winner: z.string(),
      loser: z.string(),
      winnerLeast: z.number(),
      loserMost: z.number(),
    }),
  ),
  contestsCut: z.boolean(),
});

export const CountsSchema = z.record(z.string().max(64), z.int().min(0));

export const InnerDocumentsSchema = z
  .object({
    read: z.int().min(0),
    unread: z.int().min(0),
    problems: z.record(z.string().max(200), z.int().min(0)).openapi({
      description: 'How often which problem kept one from being read, whole or in part.',
    }),
  })
  .openapi({
    description: 'Documents inside it: entries of archives, attachments, at all depths.',
  });

/** What a scan says of a document: what is stored here is what the other routes tell. */
export const DocumentSchema = z
  .looseObject({
    status: z.enum(['scored', 'partial', 'failed']),
    statusReason: z.string().max(500).nullable(),
    mediaType: z.string().max(200),
    encoding: z.string().max(64).nullable(),
    report: z
      .looseObject({
        score: z.int().min(0).max(100),
        label: z.enum(labels),
        floor: FloorSchema,
        shares: z.array(ShareSchema),
        counts: CountsSchema,
        // A worker of another version may not know these two.
        allowed: CountsSchema.optional(),
        tallies: TalliesSchema.optional(),
        findings: z.array(FindingSchema),
      })
      .nullable(),
    bytesRead: z.int().min(0),
    // A worker of another version may not know it.
    inner: InnerDocumentsSchema.optional(),
    // Nor this.
    pictures: z.object({ read: z.int().min(0), unread: z.int().min(0) }).optional(),
  })
  .refine(({ status, report }) => (status === 'failed') === (report === null), {
    error: 'a failed scan has no report, any other has one',
    path: ['report'],
  });
