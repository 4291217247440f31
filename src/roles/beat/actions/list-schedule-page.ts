import type { BeatContext } from '../beat-context.ts';
import type { ScheduleRow } from '../store/beat-schema.ts';

export interface SchedulePage {
  schedules: ScheduleRow[];
  /** For the next page; undefined on the last. */
  cursor: string | undefined;
}

/** @throws {AppError} `invalid_cursor` when the cursor is not from this list. */
export async function listSchedulePage(
  { schedules, cursors }: BeatContext,
  { limit, cursor }: { limit: number; cursor?: string | undefined },
): Promise<SchedulePage> {
  const after = cursor === undefined ? undefined : String(cursors.open('schedules', cursor)[0]);
  const found = await schedules.list(limit + 1, after);
  const page = found.slice(0, limit);
  const last = page.at(-1);
  const more = found.length > limit && last !== undefined;
  return { schedules: page, cursor: more ? cursors.seal('schedules', [last.name]) : undefined };
}
