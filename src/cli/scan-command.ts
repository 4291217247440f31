import { availableParallelism } from 'node:os';
import { Command, InvalidArgumentError, Option } from 'commander';
import { temporaryFolder } from '../platform/thread-code.ts';
import type { ScanFormat, ScanOptions } from './scan/scan-options.ts';
import type { Threshold } from './scan/summary.ts';
import { resolveSettings, SettingError, setting } from './setting.ts';
import { bytes, number, seconds } from './setting-types.ts';
import { cacheDir } from './settings.ts';

const formats = ['table', 'json', 'jsonl', 'csv', 'sarif'] as const;

const fingerprintKey = setting({
  name: 'fingerprint-key',
  help: 'Secret that fingerprints are made with, 16 characters or more; your own key by default.',
  secret: true,
  default: () => '',
  parse: (text) => {
    if (text !== '' && text.length < 16) throw new Error('16 characters or more');
    return text;
  },
});

interface Flags {
  format?: ScanFormat;
  output?: string;
  all?: boolean;
  ignore: boolean;
  minConfidence?: number;
  baseline?: string;
  policy?: string;
  failOn: Threshold;
  fingerprintKey?: string;
  concurrency: number;
  timeout: number;
  threadMemory: number;
  quiet?: boolean;
}

const afterHelp = `
Exit codes:
  0  no file reached --fail-on
  1  a file did, whatever else happened
  2  wrong usage; nothing was scanned
  3  something could not be scanned (unreadable, too much memory or time, crashed)
  130 after Ctrl-C: what was found by then is printed

What is left out: what git ignores, .git folders, links and special files that you did not name, and
formats that cannot be read. All of it is counted in the summary.

The table is for people; give another format to a program. A file's format follows its name. Values
are always masked. Fingerprints tell equal values apart from others: they are made with a random key
that is kept in your configuration folder, for nobody who has a report may try values. Runs on
several machines that are to share a baseline need the same --fingerprint-key.

Example:
  $ sensitivity scan .
  $ sensitivity scan src docs --fail-on confidential
  $ git diff --cached | sensitivity scan -
  $ sensitivity scan . --output baseline.jsonl --fail-on never
  $ sensitivity scan . --baseline baseline.jsonl --format sarif --output scan.sarif
  $ sensitivity scan /srv/share --format jsonl | jq -r 'select(.label == "restricted") | .path'
`;

/** `sensitivity scan`: files and folders on this machine, without a server. */
export function scanCommand(): Command {
  return new Command('scan')
    .description('Scans files and folders on this machine: how sensitive each is, and why')
    .argument('<paths...>', 'files and folders; - is standard input')
    .addOption(
      new Option(
        '--format <format>',
        'of the report (default: table, or as --output is named)',
      ).choices(formats),
    )
    .option('--output <file>', 'where the report goes; it is there once it is whole')
    .option('--all', 'show files without findings in the table too')
    .option('--no-ignore', 'scan what .gitignore and .git/info/exclude ignore too')
    .option('--policy <file>', 'what counts, as `sensitivity policy init` writes it (YAML)')
    .addOption(
      parsed('--min-confidence <number>', 'least confidence that counts, 0 to 1', confidence),
    )
    .option('--baseline <file>', 'former report (json or jsonl); show and count only what is new')
    .addOption(
      parsed(
        '--fail-on <what>',
        'label or score from which on the exit code is 1; never: none does',
        threshold,
      ).default({ label: 'internal' }, 'internal'),
    )
    .option(
      '--fingerprint-key <secret>',
      `${fingerprintKey.help} [${fingerprintKey.env} or ${fingerprintKey.env}_FILE]`,
    )
    .addOption(
      parsed(
        '--concurrency <threads>',
        'threads to scan on',
        number({ least: 1, most: 256 }),
      ).default(availableParallelism(), 'one a core'),
    )
    .addOption(
      parsed(
        '--timeout <time>',
        'deadline of a file; a large one gets a second more for each MiB',
        seconds({ least: 1, most: 86_400 }),
      ).default(60, '60s'),
    )
    .addOption(
      parsed(
        '--thread-memory <size>',
        'heap that scanning one file may use',
        bytes({ least: '24MiB' }),
      ).default(2 ** 28, '256MiB'),
    )
    .option('--quiet', 'no progress and no notes on standard error')
    .addHelpText('after', afterHelp)
    .action(async (paths: string[], flags: Flags) => {
      const { runScan } = await import('./scan/run-scan.ts');
      try {
        process.exitCode = await runScan(toOptions(paths, flags));
      } catch (error) {
        if (error instanceof SettingError) throw error;
        const message = error instanceof Error ? error.message : 'the scan failed';
        process.stderr.write(`sensitivity: ${message}\n`);
        process.exitCode = 3;
      }
    });
}

function toOptions(paths: readonly string[], flags: Flags): ScanOptions {
  const { values } = resolveSettings(
    { fingerprintKey, cacheDir },
    { fingerprintKey: flags.fingerprintKey },
  );
  const format = flags.format ?? formatOf(flags.output);
  const isShown = flags.output === undefined && process.stdout.isTTY;
  return {
    paths,
    format,
    output: flags.output,
    showsAll: flags.all ?? false,
    heedsIgnore: flags.ignore,
    policy: flags.policy,
    minConfidence: flags.minConfidence,
    baseline: flags.baseline,
    threshold: flags.failOn,
    fingerprintKey: values.fingerprintKey === '' ? undefined : values.fingerprintKey,
    threads: flags.concurrency,
    threadMemoryBytes: flags.threadMemory,
    cacheFolders: [values.cacheDir, temporaryFolder()],
    fileSeconds: flags.timeout,
    isQuiet: flags.quiet ?? false,
    hasColor: isShown && !process.env['NO_COLOR'] && process.env['TERM'] !== 'dumb',
  };
}

/** The format that a report's name tells. */
function formatOf(output: string | undefined): ScanFormat {
  const extension = /\.(json|jsonl|ndjson|csv|sarif)$/.exec(output ?? '')?.[1];
  if (output?.endsWith('.sarif.json')) return 'sarif';
  if (extension === 'ndjson') return 'jsonl';
  return formats.find((format) => format === extension) ?? 'table';
}

/** An option whose value is read by a parser of settings. */
function parsed<Value>(flags: string, help: string, parse: (text: string) => Value): Option {
  return new Option(flags, help).argParser((text) => {
    try {
      return parse(text);
    } catch (error) {
      const reason = error instanceof Error ? error.message : 'valid';
      throw new InvalidArgumentError(`It must be ${reason}.`);
    }
  });
}

function confidence(text: string): number {
  const value = /^\d*\.?\d+$/.test(text) ? Number(text) : Number.NaN;
  if (!(value >= 0 && value <= 1)) throw new Error('a number from 0 to 1');
  return value;
}

const labels = ['public', 'internal', 'confidential', 'restricted'] as const;

function threshold(text: string): Threshold {
  if (text === 'never') return 'never';
  const label = labels.find((one) => one === text);
  if (label !== undefined) return { label };
  const score = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (!(score <= 100))
    throw new Error(`one of ${labels.join(', ')}, never, or a score from 0 to 100`);
  return { score };
}
