import { cellName } from '../cell-names.ts';
import type { StoryWriter } from '../story-writer.ts';

/** Empty cells before a cell that are written as tabs; more say nothing about its column. */
const mostGap = 256;

/** Writes the cells of a sheet as lines: a row a line, cells under their columns, by their names. */
export class CellLines {
  readonly #stories: StoryWriter;
  #row = 0;
  /** How many columns the line has so far. */
  #columns = 0;

  constructor(stories: StoryWriter) {
    this.#stories = stories;
  }

  /** Begins a row, from 1; the next one without a number. */
  startRow(row?: number): void {
    this.#stories.endLine();
    this.#row = row ?? this.#row + 1;
    this.#columns = 0;
  }

  /** Writes a cell by its column, from 1. */
  write(column: number, text: string): void {
    if (text === '') return;
    const gap = column - Math.max(1, this.#columns);
    if (gap > 0) this.#stories.write('\t'.repeat(Math.min(gap, mostGap)));
    this.#columns = Math.max(this.#columns, column);
    this.#stories.writeCell(text.replace(/[\t\r\n]+/g, ' '), cellName(column, this.#row));
  }
}
