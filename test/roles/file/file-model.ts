import type { FileBody, Summary } from './person.ts';
import { labelOf } from './scan-results.ts';

interface ModelContent {
  size: number;
  status: string;
  score: number | null;
  label: string | null;
  types: string[];
  /** Somebody waits for an answer. */
  waits: boolean;
}

interface ModelFile {
  id: string;
  owner: number;
  name: string;
  version: number;
  content: string;
  current: boolean;
}

/** The file role as plain arrays: what its lists and counts must say. */
export class FileModel {
  readonly contents = new Map<string, ModelContent>();
  files: ModelFile[] = [];

  upload(owner: number, name: string, content: string, id: string): void {
    const size = Buffer.byteLength(content);
    const fresh = { size, status: 'pending', score: null, label: null, types: [], waits: true };
    if (!this.contents.has(content)) this.contents.set(content, fresh);
    const previous = this.files.find(
      (file) => file.owner === owner && file.name === name && file.current,
    );
    if (previous) previous.current = false;
    const version = (previous?.version ?? 0) + 1;
    this.files.push({ id, owner, name, version, content, current: true });
  }

  delete(id: string): void {
    const gone = this.files.find((file) => file.id === id);
    if (!gone) return;
    const isSame = (file: ModelFile): boolean =>
      file.owner === gone.owner && file.name === gone.name;
    this.files = this.files.filter((file) => (gone.current ? !isSame(file) : file.id !== id));
    for (const content of this.contents.keys()) {
      if (!this.files.some((file) => file.content === content)) this.contents.delete(content);
    }
  }

  progress(content: string): void {
    const known = this.contents.get(content);
    if (known?.status === 'pending') known.status = 'scanning';
  }

  rescan(content: string): void {
    const known = this.contents.get(content);
    if (known) Object.assign(known, { status: 'pending', waits: true });
  }

  /** A result lands; returns what becomes of it. */
  land(content: string, score: number | null, types: string[]): 'landed' | 'known' | 'gone' {
    const known = this.contents.get(content);
    if (!known) return 'gone';
    if (known.status === 'failed' ? score === null : !known.waits) return 'known';
    Object.assign(known, {
      status: score === null ? 'failed' : 'scored',
      score,
      label: score === null ? null : labelOf(score),
      types: score === null ? [] : types,
      waits: false,
    });
    return 'landed';
  }

  /** Current files, newest first, as far as the filter lets them through. */
  list(filter: (file: ModelFile, content: ModelContent) => boolean): ModelFile[] {
    return this.files
      .filter((file) => file.current && filter(file, this.contentOf(file)))
      .reverse();
  }

  summary(owner: number | undefined): Summary {
    const files = this.list((file) => owner === undefined || file.owner === owner);
    const summary: Summary = { files: 0, bytes: 0, by_label: {}, by_status: {}, by_type: {} };
    const count = (counts: Record<string, number>, value: string): void => {
      counts[value] = (counts[value] ?? 0) + 1;
    };
    for (const file of files) {
      const content = this.contentOf(file);
      summary.files += 1;
      summary.bytes += content.size;
      count(summary.by_status, content.status);
      if (content.label !== null) count(summary.by_label, content.label);
      for (const type of content.types) count(summary.by_type, type);
    }
    return summary;
  }

  /** What a list must say of a file. */
  rowOf(file: ModelFile): Partial<FileBody> {
    const { status, score, label, size } = this.contentOf(file);
    const { id, name: filename, version } = file;
    return { id, filename, version, filesize: size, status, sensitivity_score: score, label };
  }

  contentOf(file: ModelFile): ModelContent {
    const content = this.contents.get(file.content);
    if (!content) throw new Error('a file of the model has no content');
    return content;
  }
}
