import { AppError } from '../../../platform/app-error.ts';
import type { BeatContext } from '../beat-context.ts';

/** @throws {AppError} `not_found`; `conflict` for a built-in schedule, which can only be paused. */
export async function removeSchedule(beat: BeatContext, name: string): Promise<void> {
  const { schedules } = beat;
  await schedules.write(async (trx) => {
    const row = await schedules.findWithin(trx, name);
    if (!row) throw new AppError('not_found', `there is no schedule ${name}`);
    if (row.built_in === 1) {
      throw new AppError('conflict', `${name} is built in: pause it instead of deleting it`);
    }
    await schedules.remove(trx, name);
  });
  beat.log.info({ schedule: name }, 'schedule deleted');
}
