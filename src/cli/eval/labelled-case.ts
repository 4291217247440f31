import { z } from 'zod';

const CaseSpanSchema = z.object({
  /** UTF-16 code units of the text. */
  start: z.int().nonnegative(),
  end: z.int().nonnegative(),
  entity: z.string().optional(),
});

const LabelledCaseSchema = z.object({
  id: z.string().optional(),
  peer: z.string().default(''),
  entity: z.string().min(1),
  text: z.string(),
  polarity: z.enum(['positive', 'negative']),
  kind: z.enum(['detect', 'ner']).default('detect'),
  spans: z.array(CaseSpanSchema).default([]),
  values: z.array(z.string()).default([]),
  path: z.string().optional(),
});

/** What must be found; `entity` is set when it differs from the case's. */
export type CaseSpan = z.infer<typeof CaseSpanSchema>;

/**
 * One labelled text. `positive`: the entity must be found, at `spans` or else where `values` are
 * or else anywhere; `negative`: it must not be. `kind: ner` with the entity `*`: `spans` are all
 * there is to be found, each with its own entity.
 */
export interface LabelledCase extends Omit<z.infer<typeof LabelledCaseSchema>, 'id'> {
  id: string;
  /** The name of the file it came from, without its endings. */
  suite: string;
}

/** Where a line stands: its file's name, and its number from 1. */
export interface LineSource {
  file: string;
  suite: string;
  line: number;
}

/** Parses one line of a file of cases; throws an error that names file, line and field. */
export function parseCase(text: string, { file, suite, line }: LineSource): LabelledCase {
  const result = LabelledCaseSchema.safeParse(parseJson(text, `${file}:${line}`));
  if (!result.success) {
    const [issue] = result.error.issues;
    const field = issue?.path.join('.') || 'the line';
    throw new Error(`${file}:${line} is no labelled case: ${field}: ${issue?.message}`);
  }
  const { id, ...rest } = result.data;
  for (const span of rest.spans) {
    if (span.start > span.end || span.end > rest.text.length) {
      throw new Error(
        `${file}:${line} is no labelled case: a span ends before it starts or after the text`,
      );
    }
  }
  return { ...rest, id: id ?? String(line), suite };
}

function parseJson(text: string, place: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error(`${place} is no labelled case: it is not JSON`);
  }
}
