import { Argument, Command } from 'commander';
import { checkDatabase } from './operated-database.ts';
import { optionOf } from './role-command.ts';
import { resolveSettings } from './setting.ts';
import { usersSettings } from './settings.ts';

type Operate = typeof import('../roles/auth/operate.ts');

const roles = ['user', 'auditor', 'admin'] as const;

/** `sensitivity users`: for the operator, on the machine that has auth's database. */
export function usersCommand(): Command {
  return new Command('users')
    .description('Manages users in auth’s database, with auth running or not')
    .addHelpText('after', '\nExample:\n  $ sensitivity users list --data-dir ./data/auth\n')
    .addCommand(listCommand())
    .addCommand(
      operation('add', 'Adds a user; a password is made up unless one comes on standard input')
        .addArgument(roleArgument('[role]').default('user'))
        .action((email: string, role: Role, flags: Flags) =>
          operate(flags, async ({ addUserTo }, database) =>
            addUserTo(database, { email, role, password: await readPassword(flags) }),
          ),
        ),
    )
    .addCommand(
      operation('password', 'Gives a user another password and ends all of their sessions').action(
        (email: string, flags: Flags) =>
          operate(flags, async ({ setPasswordIn }, database) =>
            setPasswordIn(database, { email, password: await readPassword(flags) }),
          ),
      ),
    )
    .addCommand(
      operation('role', 'Gives a user another role')
        .addArgument(roleArgument('<role>'))
        .action((email: string, role: Role, flags: Flags) =>
          operate(flags, ({ changeUserIn }, database) => changeUserIn(database, email, { role })),
        ),
    )
    .addCommand(
      operation('disable', 'Keeps a user out and ends all of their sessions').action(
        (email: string, flags: Flags) =>
          operate(flags, ({ changeUserIn }, database) =>
            changeUserIn(database, email, { status: 'disabled' }),
          ),
      ),
    )
    .addCommand(
      operation('enable', 'Lets a user in again').action((email: string, flags: Flags) =>
        operate(flags, ({ changeUserIn }, database) =>
          changeUserIn(database, email, { status: 'active' }),
        ),
      ),
    )
    .addCommand(
      operation('reset-factor', 'Takes a user’s authenticator app away, when it is lost').action(
        (email: string, flags: Flags) =>
          operate(flags, ({ clearSecondFactorIn }, database) =>
            clearSecondFactorIn(database, email),
          ),
      ),
    );
}

type Role = (typeof roles)[number];
type Flags = Record<string, unknown>;

function listCommand(): Command {
  return withDatabase(new Command('list'))
    .description('Lists all users by e-mail address, one a line')
    .addHelpText('after', '\nExample:\n  $ sensitivity users list\n')
    .action(async (flags: Flags) => {
      const { database } = resolveSettings(usersSettings, flags).values;
      checkDatabase(database);
      const { eachUserOf } = await import('../roles/auth/operate.ts');
      await eachUserOf(database, (user) => process.stdout.write(`${JSON.stringify(user)}\n`));
    });
}

function operation(name: string, summary: string): Command {
  const command = withDatabase(new Command(name)).description(summary).argument('<email>');
  if (name === 'add' || name === 'password') {
    command.option('--password-stdin', 'take the password from standard input');
  }
  const role = name === 'role' || name === 'add' ? ' admin' : '';
  const example = `sensitivity users ${name} ana@example.org${role}`;
  return command.addHelpText('after', `\nExample:\n  $ ${example}\n`);
}

function withDatabase(command: Command): Command {
  for (const one of Object.values(usersSettings)) command.addOption(optionOf(one));
  return command;
}

function roleArgument(name: string): Argument {
  return new Argument(name).choices(roles);
}

async function operate(
  flags: Flags,
  work: (operations: Operate, database: string) => Promise<object>,
): Promise<void> {
  const { database } = resolveSettings(usersSettings, flags).values;
  checkDatabase(database);
  const operations = await import('../roles/auth/operate.ts');
  process.stdout.write(`${JSON.stringify(await work(operations, database))}\n`);
}

async function readPassword(flags: Flags): Promise<string | undefined> {
  if (flags['passwordStdin'] !== true) return undefined;
  const { text } = await import('node:stream/consumers');
  return (await text(process.stdin)).replace(/\r?\n$/, '');
}
