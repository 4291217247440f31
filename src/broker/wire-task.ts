import { type Task, TaskFailure } from './broker.ts';
import { maxReasonLength, type WireLeasedTask, type WireSettlement } from './wire.ts';

/** A leased task as its handler sees it. */
export function toTask(wire: WireLeasedTask): Task {
  const { id, name, queue, key, args, attempt, max_attempts, request_id } = wire;
  return { id, name, queue, key, args, attempt, maxAttempts: max_attempts, requestId: request_id };
}

/**
 * What beat is told about a handler's error. One that is no {@link TaskFailure} is told by its
 * name alone: its message may hold content.
 */
export function describeFailure(error: unknown): Omit<WireSettlement, 'lease'> {
  if (!(error instanceof TaskFailure)) {
    const reason = error instanceof Error ? error.name : 'Error';
    return { outcome: 'retry', reason: reason.slice(0, maxReasonLength) };
  }
  return {
    outcome: error.retry ? 'retry' : 'dead',
    reason: error.message.slice(0, maxReasonLength),
    retry_seconds: error.retrySeconds,
  };
}
