/** A request as a pool hands it to a thread: `taken` is one 32-bit number, 1 once it is taken. */
export type ThreadTask<Request extends object> = Request & { taken: SharedArrayBuffer };

/** Marks a task as taken. A thread's entry point does so before anything else. */
export function markTaken(task: { taken: SharedArrayBuffer }): void {
  Atomics.store(new Int32Array(task.taken), 0, 1);
}
