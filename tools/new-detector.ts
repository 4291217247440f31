import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command, Option } from 'commander';
import { detectors } from '../src/engine/detector-list.ts';
import { type Category, categories } from '../src/engine/types.ts';

/**
 * Begins a detector: writes its file from a template and adds it to the engine's list. The template
 * compiles and finds nothing; `test/engine/detectors.test.ts` says what is left to fill in.
 */

const root = join(import.meta.dirname, '..');
const listPath = 'src/engine/detector-list.ts';
const idForm = /^[a-z][a-z0-9]*(_[a-z0-9]+)*$/;
const longestId = 60;

new Command('new-detector')
  .description(`Writes src/engine/detectors/<id>.ts and adds it to ${listPath}`)
  .argument('<id>', "the type's id, such as us_ssn: small letters, digits and underscores")
  .addOption(
    new Option('--category <category>', 'what kind of data it is')
      .choices(categories)
      .default('identity'),
  )
  .addHelpText(
    'after',
    '\nExample:\n  $ npm run new-detector -- nl_bsn --category identity\n\nThen fill in the file until its test passes:\n  $ node --test test/engine/detectors.test.ts\n',
  )
  .action((id: string, { category }: { category: Category }) => {
    try {
      for (const line of createDetector(id, category)) process.stdout.write(`${line}\n`);
    } catch (error) {
      process.stderr.write(`new-detector: ${error instanceof Error ? error.message : error}\n`);
      process.exitCode = 1;
    }
  })
  .parse();

/** Writes both files and gives what to tell; throws, and writes nothing, when it cannot. */
function createDetector(id: string, category: Category): string[] {
  if (!idForm.test(id) || id.length > longestId) {
    throw new Error(
      `${JSON.stringify(id)} is no id: take small letters, digits and single underscores, a letter first, at most ${longestId}`,
    );
  }
  const name = camelCase(id);
  if (isReserved(name)) {
    throw new Error(`${id} is a word of the language: add to it, as in ${id}_number`);
  }
  const path = `src/engine/detectors/${id.replaceAll('_', '-')}.ts`;
  if (detectors.some((one) => one.id === id)) throw new Error(`there is a detector ${id} already`);
  if (existsSync(join(root, path))) throw new Error(`${path} is there already`);
  const list = readFileSync(join(root, listPath), 'utf8');
  const changed = register(list, { id, name, path: path.replace('src/engine/', './') });
  writeFileSync(join(root, path), fillTemplate(id, name, category), { flag: 'wx' });
  writeFileSync(join(root, listPath), changed);
  return [
    `${path} is written, and in ${listPath}.`,
    'Fill in anchors, find, weight, sources, hits and misses, until this passes:',
    '  node --test test/engine/detectors.test.ts',
  ];
}

/** Adds the import and the entry to the list, each where the order of names wants it. */
function register(
  list: string,
  { id, name, path }: { id: string; name: string; path: string },
): string {
  const lines = list.split('\n');
  const opening = lines.findIndex((line) => /^(export )?const \w+.*Detector\[\] = \[$/.test(line));
  const closing = lines.findIndex((line, at) => at > opening && line.startsWith(']'));
  const imports = lines.flatMap((line, at) => {
    const [, from = ''] = /^import \{.*\} from '(\.\/detectors\/[^']+)';$/.exec(line) ?? [];
    return from === '' ? [] : [{ at, key: from }];
  });
  const idByName = new Map(detectors.map((one) => [camelCase(one.id), one.id]));
  const last = imports.at(-1);
  if (opening < 0 || closing < 0 || last === undefined) {
    throw new Error(`${listPath} has no list of detectors that a line could be added to`);
  }
  const entries = lines.slice(opening + 1, closing).flatMap((line, n) => {
    const [, entry = ''] = /^ {2}(\w+),$/.exec(line) ?? [];
    const key = idByName.get(entry);
    return key === undefined ? [] : [{ at: opening + 1 + n, key }];
  });
  // From the bottom up, so that the places found stay what they are.
  const entryAt = entries.find(({ key }) => key > id)?.at ?? closing;
  lines.splice(entryAt, 0, `  ${name},`);
  const importAt = imports.find(({ key }) => key > path)?.at ?? last.at + 1;
  lines.splice(importAt, 0, `import { ${name} } from '${path}';`);
  return lines.join('\n');
}

/** Fills the template's names in; `{` and `}` of its code never hold a name alone. */
function fillTemplate(id: string, name: string, category: Category): string {
  const words = id.replaceAll('_', ' ');
  const names: Record<string, string> = {
    ...{ id, name, category, title: capitalise(words), find: `find${capitalise(name)}` },
  };
  const text = readFileSync(join(import.meta.dirname, 'detector-template.txt'), 'utf8');
  return text.replace(/\{(\w+)\}/g, (all, key: string) => names[key] ?? all);
}

function camelCase(id: string): string {
  return id.replace(/_([a-z0-9])/g, (_, first: string) => first.toUpperCase());
}

function capitalise(text: string): string {
  return `${text[0]?.toUpperCase()}${text.slice(1)}`;
}

/** Whether no constant can have this name. */
function isReserved(name: string): boolean {
  try {
    new Function(`'use strict'; const ${name} = 0;`);
    return false;
  } catch {
    return true;
  }
}
