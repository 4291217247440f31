import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { type DocumentReport, scanDocument } from '../../src/documents/scan-document.ts';
import { defaultPolicy } from '../../src/engine/policy.ts';
import type { Place } from '../../src/engine/types.ts';
import { makeCard, makeIban } from '../support/sensitive-values.ts';
import { checkMutations } from './formats/check-mutations.ts';
import { makeSheetSource, makeSlideSource, makeTextSource } from './office-sources.ts';

const tools = ['soffice', 'zip', 'tar', '7z', 'gzip', 'bzip2'];
const missing = tools.filter((tool) => spawnSync('which', [tool]).status !== 0);
const skip = missing.length > 0 && process.env['CI'] !== 'true' && `lacks ${missing.join(', ')}`;

const line = `STRICTLY CONFIDENTIAL: card number ${makeCard('tools')}, IBAN ${makeIban('tools')}.`;
const story = { header: line, body: line, note: line, comment: line, hidden: line };
const wanted = ['confidentiality_marking', 'credit_card', 'iban'];

const texts = ['docx', 'odt', 'doc', 'rtf', 'pdf'];
const sheets = ['xlsx', 'ods', 'xls'];
const slides = ['pptx', 'odp', 'ppt', 'pdf'];

const inSheets = [
  'Open B1',
  'Open A3',
  'Open A2 comment',
  'Open header',
  'Closed B1 hidden',
  'Closed header',
];

/** Where each type must be found: a part of its place, as `showPlace` tells it. */
const placesOf: Record<string, string[]> = {
  'text.docx': ['body', 'header', 'footnote', 'comment'],
  'text.odt': ['body', 'header', 'footnote', 'comment'],
  'text.doc': ['body', 'header', 'footnote', 'comment'],
  'text.rtf': ['body', 'header', 'footnote', 'comment'],
  // Printed, the header and the footnote are on the page; comments are not.
  'text.pdf': ['page 1', 'page 1', 'page 1'],
  'sheet.xlsx': inSheets,
  'sheet.ods': inSheets,
  'sheet.xls': inSheets,
  'slides.pptx': ['slide 2', 'slide 2 note'],
  'slides.odp': ['slide 2', 'slide 2 note'],
  'slides.ppt': ['slide 2', 'slide 2 note'],
  'slides.pdf': ['page 2'],
};

describe('documents made by LibreOffice', { skip }, () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'sensitivity-tools-'));
    const sources: [string, string, string[]][] = [
      ['text.fodt', makeTextSource(story), texts],
      ['sheet.fods', makeSheetSource(story), sheets],
      ['slides.fodp', makeSlideSource(story), slides],
    ];
    const profile = `-env:UserInstallation=file://${join(folder, 'profile')}`;
    for (const [name, source, formats] of sources) {
      writeFileSync(join(folder, name), source);
      for (const format of formats) {
        const args = ['--headless', profile, '--convert-to', format, '--outdir', folder];
        execFileSync('soffice', [...args, join(folder, name)], { stdio: 'ignore' });
      }
    }
  });
  after(() => rmSync(folder, { recursive: true }));

  for (const [name, places] of Object.entries(placesOf)) {
    it(`tell of ${name} what is found in which part`, async () => {
      const report = await scanFile(join(folder, name));
      for (const type of wanted) assert.deepEqual(placesIn(report, type), places.toSorted(), type);
      assert.deepEqual(report.statusReason, null);
    });
  }

  for (const name of Object.keys(placesOf)) {
    it(`of ${name}, changed at random 200 times, end in time and with a reason`, async () => {
      await checkMutations(new Uint8Array(readFileSync(join(folder, name))));
    });
  }

  const archives: [string, string, string[]][] = [
    ['all.zip', 'zip', ['-q', 'all.zip', 'text.docx', 'sheet.xls']],
    ['all.tar', 'tar', ['-cf', 'all.tar', 'text.docx', 'sheet.xls']],
    ['all.tar.gz', 'tar', ['-czf', 'all.tar.gz', 'text.docx', 'sheet.xls']],
    ['all.tar.bz2', 'tar', ['-cjf', 'all.tar.bz2', 'text.docx', 'sheet.xls']],
    ['all.7z', '7z', ['a', '-bso0', 'all.7z', 'text.docx', 'sheet.xls']],
    ['nested.zip', 'zip', ['-q', 'nested.zip', 'all.zip', 'all.7z']],
  ];
  it('are found the same inside archives and mail', async () => {
    for (const [name, tool, args] of archives) {
      execFileSync(tool, args, { cwd: folder, stdio: 'ignore' });
      const report = await scanFile(join(folder, name));
      const copies = name === 'nested.zip' ? 2 : 1;
      checkCopies(report, name, copies);
    }
    const mail = makeMail(['text.docx', 'sheet.xls']);
    const path = join(folder, 'mail.eml');
    writeFileSync(path, mail);
    const report = await scanFile(path);
    checkCopies(report, 'mail.eml', 1);
    for (const name of ['all.zip', 'all.tar.gz', 'all.7z', 'mail.eml']) {
      await checkMutations(new Uint8Array(readFileSync(join(folder, name))));
    }
  });

  function checkCopies(report: DocumentReport, name: string, copies: number): void {
    const inside = ['text.docx', 'sheet.xls'].flatMap((one) => placesOf[one] ?? []);
    const expected = Array.from({ length: copies }, () => inside).flat();
    for (const type of wanted) {
      assert.deepEqual(placesIn(report, type), expected.toSorted(), `${type} in ${name}`);
    }
    assert.deepEqual(report.statusReason, null, name);
    for (const finding of report.report?.findings ?? []) {
      assert.match(finding.place.path ?? '', /(?:^|!\/)(?:text\.docx|sheet\.xls)$/, name);
    }
  }

  function makeMail(names: string[]): string {
    const attachments = names.map(
      (name) => `--part
Content-Type: application/octet-stream
Content-Transfer-Encoding: base64
Content-Disposition: attachment; filename="${name}"

${readFileSync(join(folder, name)).toString('base64').replaceAll(/.{76}/g, '$&\n')}
`,
    );
    return `From: a@example.org
To: b@example.org
Subject: Two files
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="part"

--part
Content-Type: text/plain; charset=utf-8

Here they are.
${attachments.join('')}--part--
`;
  }
});

async function scanFile(path: string): Promise<DocumentReport> {
  const bytes = readFileSync(path);
  return scanDocument(
    (async function* () {
      yield new Uint8Array(bytes);
    })(),
    { policy: defaultPolicy, fingerprintKey: new Uint8Array(32) },
  );
}

function placesIn({ report }: DocumentReport, type: string): string[] {
  const findings = report?.findings ?? [];
  return findings
    .filter((finding) => finding.type === type)
    .map(({ place }) => showPlace(place))
    .sort();
}

function showPlace({ page, slide, sheet, cell, section }: Place): string {
  const where = [
    page === undefined ? undefined : `page ${page}`,
    slide === undefined ? undefined : `slide ${slide}`,
    sheet,
    cell,
    section,
  ].filter((part) => part !== undefined);
  return where.length === 0 ? 'body' : where.join(' ');
}
