import type { SchemaElement } from 'hyparquet';

/** A column that has values: the leaf of a schema (parquet-format, "Nested Encoding"). */
export interface SchemaLeaf {
  path: readonly string[];
  element: SchemaElement;
  mostDefinition: number;
  mostRepetition: number;
}

interface OpenElement {
  left: number;
  path: readonly string[];
  definition: number;
  repetition: number;
}

const mostDepth = 64;

/**
 * Lists the leaves of a schema, which is a tree in the order of its nodes.
 *
 * @throws {RangeError} when it is none, or too deep.
 */
export function listLeaves(schema: readonly SchemaElement[]): SchemaLeaf[] {
  const leaves: SchemaLeaf[] = [];
  const [root, ...elements] = schema;
  const open: OpenElement[] = [];
  open.push({ left: root?.num_children ?? 0, path: [], definition: 0, repetition: 0 });
  for (const element of elements) {
    while (open.at(-1)?.left === 0) open.pop();
    const parent = open.at(-1);
    if (parent === undefined || open.length > mostDepth) throw new RangeError('no tree');
    parent.left -= 1;
    const { repetition_type: kind, num_children: children = 0 } = element;
    const path = [...parent.path, element.name];
    const definition = parent.definition + (kind === 'OPTIONAL' || kind === 'REPEATED' ? 1 : 0);
    const repetition = parent.repetition + (kind === 'REPEATED' ? 1 : 0);
    if (children > 0) open.push({ left: children, path, definition, repetition });
    else leaves.push({ path, element, mostDefinition: definition, mostRepetition: repetition });
  }
  if (open.some(({ left }) => left !== 0)) throw new RangeError('no tree');
  return leaves;
}
