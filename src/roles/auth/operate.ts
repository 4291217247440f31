/**
 * What an operator does to `auth.db` on the machine itself, with or without a running auth: whoever may
 * write the file needs no token. The audit log has it all the same.
 */
import { AppError } from '../../platform/app-error.ts';
import type { UserRole } from '../../platform/http/principal.ts';
import {
  changeUserByEmail,
  clearSecondFactor,
  createUser,
  newPassword,
  setPassword,
} from './actions/operate-users.ts';
import { type KeyRotation, rotateKeys } from './actions/rotate-keys.ts';
import { EmailSchema } from './email-address.ts';
import { type AuthStore, openAuthStore, type UserRow } from './store/auth-store.ts';
import { listUsers } from './store/users.ts';

/** Users read at a time. */
const pageUsers = 1_000;

/** A user as an operator is shown one. */
export interface OperatedUser {
  id: string;
  email: string;
  role: string;
  status: string;
  created_at: string;
  /** Where one was made up: told once. */
  password?: string;
}

/** Makes a new signing key in a database; see {@link rotateKeys}. */
export function rotateKeysOf(
  database: string,
  options: { accessTokenSeconds: number },
): Promise<KeyRotation> {
  return withStore(database, (store) => rotateKeys(store, options));
}

/** Hands every user over, by e-mail address. */
export function eachUserOf(database: string, take: (user: OperatedUser) => void): Promise<void> {
  return withStore(database, async (store) => {
    let afterId: string | undefined;
    for (;;) {
      const users = await listUsers(store.db, { limit: pageUsers, afterId });
      for (const user of users.slice(0, pageUsers)) take(show(user));
      if (users.length <= pageUsers) return;
      afterId = users[pageUsers - 1]?.id;
    }
  });
}

/** Without a password one is made up. @throws {AppError} */
export function addUserTo(
  database: string,
  { email, role, password }: { email: string; role: UserRole; password: string | undefined },
): Promise<OperatedUser> {
  return withStore(database, async (store) => {
    const chosen = password ?? newPassword();
    const user = await createUser(store, { email: readEmail(email), password: chosen, role });
    return { ...show(user), ...(password === undefined && { password: chosen }) };
  });
}

/** Without a password one is made up. @throws {AppError} */
export function setPasswordIn(
  database: string,
  { email, password }: { email: string; password: string | undefined },
): Promise<OperatedUser> {
  return withStore(database, async (store) => {
    const chosen = password ?? newPassword();
    const user = await setPassword(store, { email: readEmail(email), password: chosen });
    return { ...show(user), ...(password === undefined && { password: chosen }) };
  });
}

/** @throws {AppError} */
export function changeUserIn(
  database: string,
  email: string,
  change: Parameters<typeof changeUserByEmail>[2],
): Promise<OperatedUser> {
  return withStore(database, async (store) =>
    show(await changeUserByEmail(store, readEmail(email), change)),
  );
}

/** @throws {AppError} */
export function clearSecondFactorIn(database: string, email: string): Promise<OperatedUser> {
  return withStore(database, async (store) =>
    show(await clearSecondFactor(store, readEmail(email))),
  );
}

async function withStore<Result>(
  database: string,
  work: (store: AuthStore) => Promise<Result>,
): Promise<Result> {
  const store = openAuthStore(database);
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

function readEmail(text: string): string {
  const parsed = EmailSchema.safeParse(text);
  if (!parsed.success) throw new AppError('invalid_request', 'this is no e-mail address');
  return parsed.data;
}

function show({ id, email, role, status, created_at }: UserRow): OperatedUser {
  return { id, email, role, status, created_at: new Date(created_at).toISOString() };
}
