/** What each of the other roles may do. */
export const serviceScopes = {
  file: ['tasks:publish', 'users:read'],
  worker: [
    'tasks:lease',
    'tasks:purge',
    'content:read',
    'results:write',
    'files:sweep',
    'auth:purge',
  ],
  beat: [],
} as const satisfies Record<string, readonly string[]>;

export type ServiceId = keyof typeof serviceScopes;
