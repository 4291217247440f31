import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { stripVTControlCharacters } from 'node:util';
import { runCommand } from '../support/run-command.ts';

/** What is typed, the last word unfinished, and what is offered for it. */
const cases: { typed: string[]; offered: string[]; not?: string[] }[] = [
  { typed: ['wo'], offered: ['worker'], not: ['up'] },
  { typed: [''], offered: ['auth', 'beat', 'file', 'up', 'worker', 'completion'] },
  { typed: ['up', '--pr'], offered: ['--proxy'], not: ['--port', '--max-upload'] },
  { typed: ['up', '--proxy', ''], offered: ['auto', 'builtin', 'caddy'], not: ['--port'] },
  { typed: ['config', 'wo'], offered: ['worker'] },
  { typed: ['completion', ''], offered: ['bash', 'fish', 'zsh'] },
  { typed: ['file', '--max-'], offered: ['--max-connections', '--max-upload', '--max-uploads'] },
];

function has(shell: string): boolean {
  return spawnSync(shell, ['--version']).status === 0;
}

/** Shells as they offer completions without a terminal, a word a line. */
const shells: Record<string, (script: string, typed: readonly string[]) => string> = {
  bash: (script, typed) => {
    const words = ['sensitivity', ...typed].map((word) => `'${word}'`).join(' ');
    const ask = `source '${script}'; COMP_WORDS=(${words}); COMP_CWORD=${typed.length}; _sensitivity; printf '%s\\n' "\${COMPREPLY[@]}"`;
    return execFileSync('bash', ['-euc', ask], { encoding: 'utf8' });
  },
  fish: (script, typed) => {
    const ask = `source '${script}'; complete -C 'sensitivity ${typed.join(' ')}'`;
    return execFileSync('fish', ['--no-config', '-c', ask], { encoding: 'utf8' });
  },
  zsh: (script, typed) => {
    // Completion in zsh needs a terminal: one of its own, with the answer read off it.
    const ask = `
zmodload zsh/zpty
zpty shell zsh -f -i
zpty -w shell "PS1=; autoload -Uz compinit; compinit -u -D; source '${script}'; zstyle ':completion:*' list-prompt ''; LISTMAX=9999; setopt no_list_beep; stty columns 250; echo read''y"
zpty -r -m shell out '*ready*'
zpty -w -n shell 'sensitivity ${typed.join(' ')}'$'\\C-d'
zpty -w -n shell $'\\C-u'"echo don''e"$'\\n'
zpty -r -m shell out '*done*'
print -r -- "$out"`;
    return execFileSync('zsh', ['-fc', ask], { encoding: 'utf8' });
  },
};

for (const [shell, complete] of Object.entries(shells)) {
  const skip = has(shell) || process.env['CI'] === 'true' ? false : `${shell} is not installed`;
  describe(`completion in ${shell}`, { skip }, () => {
    let script: string;

    before(async () => {
      const { code, stdout, stderr } = await runCommand(['completion', shell]);
      assert.equal(code, 0, stderr);
      script = join(mkdtempSync(join(tmpdir(), 'sensitivity-completion-')), 'script');
      writeFileSync(script, stdout);
    });

    after(() => rmSync(dirname(script), { recursive: true }));

    for (const { typed, offered, not = [] } of cases) {
      test(`offers ${offered.join(', ')} after "${typed.join(' ')}"`, () => {
        const words = stripVTControlCharacters(complete(script, typed)).split(/[^\w-]+/);
        for (const word of offered) assert.ok(words.includes(word), `${word} in ${words}`);
        for (const word of not) assert.ok(!words.includes(word), `${word} in ${words}`);
      });
    }
  });
}
