import { migration0001 } from './0001-files.ts';
import { migration0002 } from './0002-policies.ts';
import { migration0003 } from './0003-contents-in-order.ts';

/** The way to the newest schema of `file.db`. */
export const migrations = [migration0001, migration0002, migration0003];
