export interface Page<Row> {
  rows: Row[];
  /** Where the next page begins; absent on the last one. */
  cursor?: string;
}

/** Cuts `limit + 1` rows to a page; the surplus row tells that there is another. */
export function toPage<Row>(rows: Row[], limit: number, seal: (last: Row) => string): Page<Row> {
  const last = rows[limit - 1];
  if (rows.length <= limit || last === undefined) return { rows };
  return { rows: rows.slice(0, limit), cursor: seal(last) };
}
