/** How long a sign-in from a browser lasts, unused and at most. */
export const browserSessionLife = {
  idleMilliseconds: 12 * 3_600_000,
  absoluteMilliseconds: 7 * 86_400_000,
  /** Its end is moved on no more often than this: not every page is a write. */
  touchMilliseconds: 5 * 60_000,
} as const;
