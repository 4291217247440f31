import { z } from '@hono/zod-openapi';
import { type Task, type TaskContext, TaskFailure } from '../../../broker/broker.ts';
import type { DocumentReport } from '../../../documents/scan-document.ts';
import { engineVersion } from '../../../engine/version.ts';
import { ThreadEnded, ThreadNotStarted } from '../../../platform/thread-pool.ts';
import type { WorkerContext } from '../worker-context.ts';

const ArgsSchema = z.object({
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  size: z.int().min(0),
  revision: z.int(),
  force: z.boolean().default(false),
});

type Args = z.infer<typeof ArgsSchema>;

/** How often a long scan tells how far it is, in milliseconds. */
const progressMilliseconds = 1_000;

/**
 * Scans one content and lands its result: into the journal, then to file. A scan that ends its
 * thread has a result as well, `failed` with the reason: trying again would end another.
 *
 * @throws {TaskFailure} when the content or file cannot be reached; the task comes back later.
 */
export async function scanContent(
  context: WorkerContext,
  task: Task,
  { signal }: TaskContext,
): Promise<void> {
  const parsed = ArgsSchema.safeParse(task.args);
  if (!parsed.success) throw new TaskFailure('the arguments make no scan', { retry: false });
  const args = parsed.data;
  const { results, deliveries } = context;
  const known = args.force ? undefined : results.find(args.sha256, args.revision, engineVersion);
  if (known) {
    await deliveries.deliver(known);
    return;
  }
  const settings = await readSettings(context, args, signal);
  const document = await scanWhenReachable(context, { args, settings, signal });
  if (!document) return;
  const result = results.insert({
    sha256: args.sha256,
    revision: settings.revision,
    engineVersion,
    document: JSON.stringify(document),
  });
  await deliveries.deliver(result);
}

type Settings = Awaited<ReturnType<WorkerContext['file']['readScanSettings']>>;

/** Reads the policy; while file is away it waits, for that is no fault of the task's. */
async function readSettings(
  context: WorkerContext,
  args: Args,
  signal: AbortSignal,
): Promise<Settings> {
  for (;;) {
    try {
      return await context.file.readScanSettings(args.revision);
    } catch (error) {
      if (await waitWhileAway(context, signal)) continue;
      throw new TaskFailure('the policy cannot be read from file', { retry: true, cause: error });
    }
  }
}

/** @returns whether file was away and is back. @throws {TaskFailure} when the wait ends early. */
async function waitWhileAway(
  { file, stopping }: WorkerContext,
  signal: AbortSignal,
): Promise<boolean> {
  try {
    return await file.waitWhileAway(AbortSignal.any([signal, stopping]));
  } catch (error) {
    throw new TaskFailure('file is away', { retry: true, cause: error });
  }
}

/** Scans; while file is away it waits and starts over. Undefined: the content is gone. */
async function scanWhenReachable(
  context: WorkerContext,
  scan: { args: Args; settings: Settings; signal: AbortSignal },
): Promise<DocumentReport | undefined> {
  for (;;) {
    try {
      return await scanOnce(context, scan);
    } catch (error) {
      if (error instanceof ThreadEnded || !(await waitWhileAway(context, scan.signal))) throw error;
    }
  }
}

async function scanOnce(
  context: WorkerContext,
  { args, settings, signal }: { args: Args; settings: Settings; signal: AbortSignal },
): Promise<DocumentReport | undefined> {
  const { pool, file, client, metrics, log } = context;
  const progress = new SharedArrayBuffer(8);
  const read = (): number => Number(Atomics.load(new BigInt64Array(progress), 0));
  const timer = setInterval(() => {
    file.reportProgress(args.sha256, read()).catch((error: unknown) => {
      log.debug({ err: error }, 'progress was not delivered');
    });
  }, progressMilliseconds);
  const observe = metrics.scanSeconds.startTimer();
  try {
    const seconds = context.taskTimeoutSeconds + args.size / 1_048_576;
    const deadlineMilliseconds = Math.round(seconds * 1_000);
    const request = {
      contentUrl: file.contentUrl(args.sha256),
      token: await client.token(),
      size: args.size,
      policy: settings.policy,
      fingerprintKey: settings.fingerprintKey,
      // The rest is for all else in the content.
      pictureMilliseconds: deadlineMilliseconds / 2,
      progress,
    };
    const answer = await pool.run(request, { deadlineMilliseconds, signal });
    if (answer.outcome === 'gone') return undefined;
    if (answer.outcome === 'unreachable') {
      const reason = `the content cannot be read from file (${answer.status})`;
      throw new TaskFailure(reason, { retry: true });
    }
    metrics.scannedBytes.inc(answer.document.bytesRead);
    return answer.document;
  } catch (error) {
    if (error instanceof ThreadNotStarted) {
      throw new TaskFailure(error.message, { retry: true, cause: error });
    }
    if (!(error instanceof ThreadEnded)) throw error;
    if (error.failure === 'cancelled') {
      throw new TaskFailure('the scan was cancelled', { retry: true, cause: error });
    }
    log.warn({ sha256: args.sha256, reason: error.failure }, 'a scan ended its thread');
    return {
      status: 'failed',
      statusReason: error.failure,
      mediaType: 'application/octet-stream',
      encoding: null,
      inner: { read: 0, unread: 0, problems: {} },
      pictures: { read: 0, unread: 0 },
      report: null,
      bytesRead: read(),
    };
  } finally {
    observe();
    clearInterval(timer);
  }
}
