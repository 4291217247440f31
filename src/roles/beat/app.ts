import type { App } from '../../platform/http/create-app.ts';
import { limitBody } from '../../platform/http/limit-body.ts';
import { authenticate } from '../../platform/http/principal.ts';
import type { TokenVerifier } from '../../platform/http/token-verifier.ts';
import type { BeatContext } from './beat-context.ts';
import { addChangeSchedule } from './routes/change-schedule.ts';
import { addCreateSchedule } from './routes/create-schedule.ts';
import { addDiscardDead } from './routes/discard-dead.ts';
import { addDiscardTask } from './routes/discard-task.ts';
import { addLeaseTasks } from './routes/lease-tasks.ts';
import { addListQueues } from './routes/list-queues.ts';
import { addListScheduleRuns } from './routes/list-schedule-runs.ts';
import { addListSchedules } from './routes/list-schedules.ts';
import { addListTasks } from './routes/list-tasks.ts';
import { addListWorkers } from './routes/list-workers.ts';
import { addPublishTasks } from './routes/publish-tasks.ts';
import { addPurge } from './routes/purge.ts';
import { addReadSchedule } from './routes/read-schedule.ts';
import { addReadTask } from './routes/read-task.ts';
import { addReconcileLeases } from './routes/reconcile-leases.ts';
import { addRemoveSchedule } from './routes/remove-schedule.ts';
import { addRenewLeases } from './routes/renew-leases.ts';
import { addRequeueDead } from './routes/requeue-dead.ts';
import { addRequeueTask } from './routes/requeue-task.ts';
import { addRunSchedule } from './routes/run-schedule.ts';
import { addSettleLeases } from './routes/settle-leases.ts';

const protectedPaths = ['tasks', 'leases', 'queues', 'workers', 'purge', 'schedules'];

/** 1,000 tasks with the largest args fit. */
const maxBodyBytes = 20 * 1_024 * 1_024;

/** Everything that beat answers to, under `/api/beat`; all of it needs an access token. */
export function addBeatRoutes(app: App, beat: BeatContext, verifier: TokenVerifier): void {
  for (const path of protectedPaths) {
    app.use(`/${path}/*`, authenticate(verifier), limitBody(maxBodyBytes));
  }

  addPublishTasks(app, beat); //     POST   /tasks
  addListTasks(app, beat); //        GET    /tasks
  addReadTask(app, beat); //         GET    /tasks/{id}
  addRequeueTask(app, beat); //      POST   /tasks/{id}/requeue
  addDiscardTask(app, beat); //      DELETE /tasks/{id}

  addLeaseTasks(app, beat); //       POST   /leases
  addRenewLeases(app, beat); //      POST   /leases/renew
  addSettleLeases(app, beat); //     POST   /leases/settle
  addReconcileLeases(app, beat); //  POST   /leases/reconcile

  addListQueues(app, beat); //       GET    /queues
  addRequeueDead(app, beat); //      POST   /queues/{queue}/requeue
  addDiscardDead(app, beat); //      DELETE /queues/{queue}/dead
  addListWorkers(app, beat); //      GET    /workers
  addPurge(app, beat); //            POST   /purge

  addListSchedules(app, beat); //    GET    /schedules
  addCreateSchedule(app, beat); //   POST   /schedules
  addReadSchedule(app, beat); //     GET    /schedules/{name}
  addChangeSchedule(app, beat); //   PATCH  /schedules/{name}
  addRemoveSchedule(app, beat); //   DELETE /schedules/{name}
  addRunSchedule(app, beat); //      POST   /schedules/{name}/run
  addListScheduleRuns(app, beat); // GET    /schedules/{name}/runs
}
