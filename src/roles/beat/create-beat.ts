import { sql } from 'kysely';
import { exchangeToken } from '../../platform/http/exchange-token.ts';
import { Cursors } from '../../platform/http/list-page.ts';
import { loadJwks } from '../../platform/http/load-jwks.ts';
import { TokenVerifier } from '../../platform/http/token-verifier.ts';
import type { ServerSettings, TokenSettings } from '../../platform/role-settings.ts';
import type { RoleBase, RoleParts } from '../../platform/run-role.ts';
import { fireDueSchedules } from './actions/fire-schedules.ts';
import { insertBuiltInSchedules } from './actions/insert-built-in-schedules.ts';
import { addBeatRoutes } from './app.ts';
import type { BeatContext } from './beat-context.ts';
import { observeQueue, observeTicks } from './beat-metrics.ts';
import { LeaseWaiters } from './lease-waiters.ts';
import { openBeatDatabase } from './store/open-beat-database.ts';
import { ScheduleStore } from './store/schedule-store.ts';
import { TaskQueue } from './store/task-queue.ts';
import { Ticker } from './ticker.ts';

export interface BeatSettings extends ServerSettings, TokenSettings {
  /** How long a worker has a task without renewing its lease. */
  leaseSeconds: number;
  /** How long finished tasks are kept for people to look at. */
  keepFinishedSeconds: number;
  /** How often the built-in sweep looks for stale files. */
  sweepSeconds: number;
  /** How often a task's worker may vanish before the task is a dead letter. */
  maxLeaseLosses: number;
}

/** The parts of a beat: what the process runs, and what tests build without one. */
export async function createBeat(settings: BeatSettings, base: RoleBase): Promise<RoleParts> {
  const { log, metrics } = base;
  const database = openBeatDatabase(settings.database);
  const queue = new TaskQueue(database, settings);
  const waiters = new LeaseWaiters(queue);
  const schedules = new ScheduleStore(database);
  const now = Date.now;
  const ticker: Ticker = new Ticker({
    log,
    now,
    findNextDue: () => schedules.findNextDue(),
    fireDue: () => fireDueSchedules(beat),
  });
  const beat: BeatContext = {
    log,
    now,
    queue,
    waiters,
    schedules,
    cursors: new Cursors(database.cursorKey),
    longestWaitSeconds: Math.max(1, settings.idleTimeoutSeconds * 0.8),
    keepFinishedSeconds: settings.keepFinishedSeconds,
    countTick: observeTicks(metrics),
    scheduleChanged: () => ticker.wake(),
  };
  const verifier = new TokenVerifier({
    issuer: settings.issuer,
    audience: settings.audience,
    loadKeys: () => loadJwks(settings.authUrl),
    exchange: (token) => exchangeToken(settings.authUrl, token),
  });
  observeQueue(metrics, queue);
  await insertBuiltInSchedules(beat, settings.sweepSeconds);
  return {
    description:
      'What runs when: the task queue that publishers fill and workers empty, and the schedules that put tasks into it.',
    routes: (app) => addBeatRoutes(app, beat, verifier),
    checks: {
      database: async () => {
        await sql`select 1`.execute(database.db);
      },
      keys: () => verifier.checkKeys(),
    },
    started: () => ticker.start(),
    beforeStop: [
      { name: 'ticker', stop: () => ticker.stop() },
      { name: 'long polls', stop: () => waiters.stop() },
    ],
    afterStop: [{ name: 'database', stop: () => database.close() }],
  };
}
