import { writeFileSync } from 'node:fs';
import { Command, Option } from 'commander';
import { usageExitCode } from './exit-codes.ts';

/** `sensitivity policy`: what a team decides about detection and scoring. */
export function policyCommand(): Command {
  return new Command('policy')
    .description('Writes and checks a policy: what counts as sensitive, and how much')
    .addCommand(initCommand())
    .addCommand(checkCommand())
    .addCommand(schemaCommand())
    .addHelpText('after', '\nExample:\n  $ sensitivity policy init && sensitivity policy check\n');
}

function initCommand(): Command {
  return new Command('init')
    .description('Writes a policy that changes nothing, with every setting explained')
    .argument('[file]', 'where to; there must be no such file yet', 'policy.yaml')
    .addHelpText('after', '\nExample:\n  $ sensitivity policy init policy.yaml\n')
    .action(async (file: string) => {
      const { defaultPolicyText } = await import('../policy/default-policy-text.ts');
      try {
        writeFileSync(file, defaultPolicyText, { flag: 'wx' });
      } catch (error) {
        const code = error instanceof Error && 'code' in error ? String(error.code) : '';
        if (code === 'EEXIST') {
          throw new Error(`${file} is there already: name another file`, { cause: error });
        }
        throw new Error(`${file} cannot be written (${code})`, { cause: error });
      }
      process.stdout.write(
        `${file} is written; change it, then: sensitivity policy check ${file}\n`,
      );
    });
}

function checkCommand(): Command {
  return new Command('check')
    .description('Tells what is wrong with a policy, and where; exit code 0 when nothing is')
    .argument('[file]', 'the policy', 'policy.yaml')
    .addOption(new Option('--format <format>').choices(['text', 'json']).default('text'))
    .addHelpText('after', '\nExample:\n  $ sensitivity policy check policy.yaml --format json\n')
    .action(async (file: string, { format }: { format: string }) => {
      const { readPolicyFile } = await import('../policy/read-policy-file.ts');
      const { formatProblem, PolicyError } = await import('../policy/policy-problem.ts');
      try {
        const { version, detectors } = readPolicyFile(file);
        const summary = { file, valid: true, policy_version: version, detectors: detectors.length };
        process.stdout.write(
          format === 'json'
            ? `${JSON.stringify({ ...summary, problems: [] }, null, 2)}\n`
            : `${file}: valid\n`,
        );
      } catch (error) {
        if (!(error instanceof PolicyError)) throw error;
        const { problems } = error;
        process.stdout.write(
          format === 'json'
            ? `${JSON.stringify({ file, valid: false, problems }, null, 2)}\n`
            : problems.map((one) => `${formatProblem(file, one)}\n`).join(''),
        );
        process.exitCode = usageExitCode;
      }
    });
}

function schemaCommand(): Command {
  return new Command('schema')
    .description('Prints the JSON Schema of policies, for editors')
    .addHelpText('after', '\nExample:\n  $ sensitivity policy schema > policy.schema.json\n')
    .action(async () => {
      const { policyJsonSchema } = await import('../policy/policy-schema.ts');
      process.stdout.write(`${JSON.stringify(policyJsonSchema(), null, 2)}\n`);
    });
}
