import type { Pool } from 'pg'

/** The oldest running transaction of the server, of whichever database: readers of the log stop before it. */
const BLOCKER = `
select said from (
  select age(a.backend_xid) as age, format(
    'session %s (%s) in database %s, %s, its transaction open for %s s',
    a.pid, coalesce(nullif(a.application_name, ''), 'unnamed'), a.datname, a.state,
    extract(epoch from clock_timestamp() - a.xact_start)::integer
  ) as said
  from pg_stat_activity a where a.backend_xid is not null
  union all
  select age(p.transaction), format(
    'prepared transaction %s in database %s, open for %s s',
    p.gid, p.database, extract(epoch from clock_timestamp() - p.prepared)::integer
  )
  from pg_prepared_xacts p
) open order by age desc limit 1`

/** Who holds the log back, as an operator can find and end it. Names no statement: those may hold personal data. */
export const findBlocker = async (pool: Pool): Promise<string> => {
  const { rows } = await pool.query<{ said: string | null }>(BLOCKER)
  return rows[0]?.said ?? 'a transaction that this database user may not see (grant it pg_read_all_stats)'
}
