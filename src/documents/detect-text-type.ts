/**
 * Tells formats that are text by how they begin: HTML, Office 2003 XML, mail, mailboxes, calendars
 * and contacts; undefined for others. `start` has no white space before its first character.
 */
export function detectTextType(start: string): string | undefined {
  if (/^BEGIN:VCALENDAR\b/i.test(start)) return 'text/calendar';
  if (/^BEGIN:VCARD\b/i.test(start)) return 'text/vcard';
  if (isMailbox(start)) return 'application/mbox';
  if (isMail(start)) return 'message/rfc822';
  const root = skipProlog(start);
  if (/^<(?:!doctype html|html|head|body|frameset|title|meta|style)\b/i.test(root)) {
    return 'text/html';
  }
  if (/^<(?:\w+:)?wordDocument\b/.test(root)) return 'application/vnd.ms-wordml';
  const isSpreadsheet = /^<(?:\w+:)?Workbook\b[^>]*urn:schemas-microsoft-com:office:spreadsheet/;
  return isSpreadsheet.test(root) ? 'application/vnd.ms-spreadsheetml' : undefined;
}

/** Skips what may come before a document's type or root: comments and processing instructions. */
function skipProlog(start: string): string {
  let rest = start;
  for (;;) {
    const end = rest.startsWith('<!--') ? '-->' : rest.startsWith('<?') ? '?>' : undefined;
    if (end === undefined) return rest;
    const at = rest.indexOf(end);
    if (at === -1) return rest;
    rest = rest.slice(at + end.length).trimStart();
  }
}

/** The line that begins each message of a mailbox: a sender and a date (RFC 4155, appendix A). */
const fromLine =
  /^From \S[^\r\n]{0,300}\b(?:mon|tue|wed|thu|fri|sat|sun)\b[^\r\n]{0,40}\d:\d\d[^\r\n]{0,40}$/i;

/** Whether a line begins a message of a mailbox. */
export function isFromLine(line: string): boolean {
  return line.startsWith('From ') && fromLine.test(line.trimEnd());
}

function isMailbox(start: string): boolean {
  const end = start.indexOf('\n');
  if (!start.startsWith('From ') || end === -1) return false;
  return isFromLine(start.slice(0, end)) || isMail(start.slice(end + 1));
}

/** Fields only mail has (RFC 5322, RFC 2045, and what servers and clients add). */
const mailFields = new Set(
  `received message-id mime-version return-path delivered-to x-mailer dkim-signature envelope-to
  content-transfer-encoding x-received received-spf authentication-results in-reply-to references
  x-originating-ip x-spam-status thread-index list-unsubscribe`.split(/\s+/),
);
/** Fields of mail that other texts may have, too. */
const commonFields = new Set(
  'from to cc bcc date subject sender reply-to content-type user-agent'.split(' '),
);
const mostLines = 200;

/**
 * Whether a text begins with the header of a mail (RFC 5322, section 2.2): lines that are all
 * fields or go one on, with two well-known ones of which one is of mail alone or has an address, or
 * which are written as mail does.
 */
function isMail(start: string): boolean {
  let known = 0;
  const written = new Set<string>();
  let isSure = false;
  for (const line of start.split(/\r?\n/, mostLines)) {
    if (line === '' && known > 0) break;
    if (/^[ \t]/.test(line)) continue;
    const field = /^([!-9;-~]{1,76})[ \t]*:(.*)/.exec(line);
    if (field === null) {
      // The head may end within a line.
      if (start.endsWith(line) && known > 0) break;
      return false;
    }
    const name = field[1]?.toLowerCase() ?? '';
    if (mailFields.has(name)) isSure = true;
    else if (!commonFields.has(name)) continue;
    else if (/^(?:from|to|cc|sender)$/.test(name) && /[@<]/.test(field[2] ?? '')) isSure = true;
    written.add(field[1] ?? '');
    known += 1;
  }
  // Names of people may stand without their addresses.
  isSure ||= written.has('From') && written.has('Subject');
  return known >= 2 && isSure;
}
