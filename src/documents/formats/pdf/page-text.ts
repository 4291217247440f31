/** A run of characters on a page, as the library gives it (`TextItem`). */
export interface TextRun {
  str: string;
  /** Along the run's direction, in units of the page. */
  width: number;
  height: number;
  transform: readonly number[];
  hasEOL: boolean;
}

/** Where a line is: its direction, and its runs' extent along it. */
interface Line {
  x: number;
  y: number;
  across: number;
  size: number;
  start: number;
  end: number;
}

/** In units of the size of the characters. */
const wordGap = 0.2;
const cellGap = 2;
const lineStep = 0.8;
const backStep = 0.5;

/**
 * Joins the runs of a page into lines, in the order of the page's content: what is apart on it –
 * lines, columns, what a form was filled with – is apart in the text. A wide gap is a tab.
 */
export class PageText {
  readonly #write: (text: string) => void;
  #line: Line | undefined;
  #endsInSpace = true;
  #hasText = false;

  constructor(write: (text: string) => void) {
    this.#write = write;
  }

  /** Whether anything but white space was written. */
  get hasText(): boolean {
    return this.#hasText;
  }

  add(run: TextRun): void {
    if (run.str !== '') this.#addText(run);
    if (run.hasEOL) this.#endLine();
  }

  finish(): void {
    this.#endLine();
  }

  #addText(run: TextRun): void {
    const place = placeRun(run);
    const separator = this.#line === undefined ? '' : separate(this.#line, place);
    if (separator === '\n') this.#endLine();
    else if (separator !== '' && !this.#endsInSpace && !/^\s/.test(run.str)) this.#write(separator);
    this.#write(run.str);
    const isBlank = /^\s*$/.test(run.str);
    if (!isBlank) this.#hasText = true;
    this.#endsInSpace = /\s$/.test(run.str);
    const line = this.#line;
    if (line === undefined) {
      this.#line = place;
      return;
    }
    line.end = Math.max(line.end, place.end);
    line.start = Math.min(line.start, place.start);
    // Superscripts are no measure.
    if (!isBlank && place.size >= line.size) line.across = place.across;
    line.size = Math.max(line.size, place.size);
  }

  #endLine(): void {
    if (this.#line !== undefined) this.#write('\n');
    this.#line = undefined;
    this.#endsInSpace = true;
  }
}

/** The text matrix (ISO 32000-1, 9.4.4): its first row is the direction, its last the position. */
function placeRun({ transform, width, height }: TextRun): Line {
  const [a = 1, b = 0, c = 0, d = 1, left = 0, bottom = 0] = transform;
  const length = Math.hypot(a, b) || 1;
  const x = a / length;
  const y = b / length;
  const start = left * x + bottom * y;
  const across = bottom * x - left * y;
  const size = Math.max(height, Math.hypot(c, d)) || 1;
  return { x, y, across, size, start, end: start + width };
}

function separate(line: Line, next: Line): '' | ' ' | '\t' | '\n' {
  if (line.x * next.x + line.y * next.y < 0.9) return '\n';
  const size = Math.max(line.size, next.size);
  if (Math.abs(next.across - line.across) > lineStep * size) return '\n';
  const gap = next.start - line.end;
  if (gap < -backStep * size) return '\n';
  if (gap > cellGap * size) return '\t';
  return gap > wordGap * Math.min(line.size, next.size) ? ' ' : '';
}
