import { z } from '@hono/zod-openapi';

/**
 * What travels between a broker client and the beat role: JSON in snake_case, under `/api/beat`.
 * The routes check requests by these schemas; the client trusts beat's answers but for their shape.
 */
export const maxPublishedTasks = 1_000;
export const maxLeasedTasks = 500;
export const maxWaitSeconds = 30;
export const maxReasonLength = 500;
export const maxArgsBytes = 16_384;

const name = z
  .string()
  .max(100)
  .regex(/^[a-z0-9][a-z0-9_.-]*$/, 'lower-case letters, digits, dot, hyphen and underscore only');

export const QueueNameSchema = name.openapi({ example: 'scan' });
export const TaskNameSchema = name.openapi({ example: 'scan_file' });

export const TaskArgsSchema = z
  .record(z.string().max(100), z.union([z.string(), z.number(), z.boolean(), z.null()]))
  .refine(isSmall, `args may take ${maxArgsBytes} bytes of JSON at most`)
  .openapi({ example: { file_id: '019a2c5e-0000-7000-8000-000000000000' } });

function isSmall(args: Record<string, unknown>): boolean {
  return Buffer.byteLength(JSON.stringify(args)) <= maxArgsBytes;
}

export const NewTaskSchema = z
  .strictObject({
    name: TaskNameSchema,
    queue: QueueNameSchema.optional(),
    key: z.string().min(1).max(300).optional(),
    args: TaskArgsSchema.optional(),
    priority: z.int().min(0).max(9).optional(),
    delay_seconds: z.number().min(0).max(31_536_000).optional(),
    max_attempts: z.int().min(1).max(100).optional(),
    request_id: z.string().max(100).optional(),
    revive: z.boolean().optional(),
  })
  .openapi('NewTask');

export const PublishRequestSchema = z.strictObject({
  tasks: z.array(NewTaskSchema).max(maxPublishedTasks),
});

export const PublishAnswerSchema = z.object({
  outcomes: z.array(
    z.object({
      id: z.string(),
      state: z.enum(['queued', 'duplicate', 'dead']),
      reason: z.string().optional(),
    }),
  ),
});

/** `<row>.<token>`: names one lease of one task; nobody else can guess it. */
export const LeaseIdSchema = z
  .string()
  .regex(/^\d{1,15}\.[\w-]{22}$/, 'this is no lease')
  .openapi({ example: '4711.q83vEjRWeJq83vEjRWeJqw' });

export const settleOutcomes = ['done', 'retry', 'dead', 'give_back'] as const;

export const SettlementSchema = z
  .strictObject({
    lease: LeaseIdSchema,
    outcome: z.enum(settleOutcomes),
    reason: z.string().max(maxReasonLength).optional(),
    retry_seconds: z.number().min(0).max(31_536_000).optional(),
  })
  .openapi('Settlement');

export const SettleResultSchema = z.enum(['ok', 'lost']);

const settlements = z.array(SettlementSchema).max(maxPublishedTasks);

export const LeaseRequestSchema = z.strictObject({
  worker: z.string().min(1).max(200).openapi({ example: 'scanner-1:4711' }),
  session: z
    .uuid()
    .openapi({ description: 'One consumer of that worker, for as long as it runs.' }),
  queues: z.array(QueueNameSchema).min(1).max(50),
  limit: z.int().min(1).max(maxLeasedTasks),
  wait_seconds: z.number().min(0).max(maxWaitSeconds).default(0),
  settle: settlements.optional(),
});

export const LeasedTaskSchema = z
  .object({
    lease: z.string(),
    id: z.string(),
    name: z.string(),
    queue: z.string(),
    key: z.string().nullable(),
    args: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
    attempt: z.int(),
    max_attempts: z.int(),
    request_id: z.string().nullable(),
  })
  .openapi('LeasedTask');

export const LeaseAnswerSchema = z.object({
  lease_seconds: z.number(),
  tasks: z.array(LeasedTaskSchema),
  settled: z.array(SettleResultSchema),
});

export const SettleRequestSchema = z.strictObject({ settlements });
export const RenewRequestSchema = z.strictObject({
  leases: z.array(LeaseIdSchema).max(maxPublishedTasks),
});
export const LeaseResultsSchema = z.object({ results: z.array(SettleResultSchema) });

export const ReconcileRequestSchema = z.strictObject({
  session: z.uuid(),
  held: z.array(LeaseIdSchema).max(maxPublishedTasks),
  leaving: z.boolean().default(false),
});
export const ReconcileAnswerSchema = z.object({ given_back: z.int() });

export const QueueStatsSchema = z
  .object({
    queue: z.string(),
    ready: z.int(),
    scheduled: z.int(),
    leased: z.int(),
    dead: z.int(),
    finished: z.int(),
    oldest_ready_seconds: z.number(),
  })
  .openapi('QueueStats');
export const QueuesAnswerSchema = z.array(QueueStatsSchema);

export type WireNewTask = z.infer<typeof NewTaskSchema>;
export type WireOutcome = z.infer<typeof PublishAnswerSchema>['outcomes'][number];
export type WireSettlement = z.infer<typeof SettlementSchema>;
export type WireLeasedTask = z.infer<typeof LeasedTaskSchema>;
export type WireLeaseRequest = z.infer<typeof LeaseRequestSchema>;
export type SettleResult = z.infer<typeof SettleResultSchema>;
