/**
 * The beat role: what runs when. It keeps the task queue (`store/`, contract in `src/broker`) and
 * the schedules (`ticker.ts`, `actions/fire-schedules.ts`) in beat.db and serves both over HTTP
 * (`app.ts` lists the routes). It runs no task itself: that is the worker's part.
 */
import { runRole } from '../../platform/run-role.ts';
import { type BeatSettings, createBeat } from './create-beat.ts';

export type { BeatSettings } from './create-beat.ts';

/** Runs the beat role until a signal ends it. */
export async function runBeat(settings: BeatSettings): Promise<void> {
  await runRole('beat', settings, (base) => createBeat(settings, base));
}
