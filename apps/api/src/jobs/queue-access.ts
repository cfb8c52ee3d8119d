import { systemRole } from '@tollkeeper/db'

/**
 * The queue's schema belongs to the login. The role that changes are made under may add jobs to it, and do nothing else there,
 * so that a job can be asked for in the transaction of a change. Nodes that start together wait for each other.
 */
export const grantEnqueueing = `
  do $$ begin
    perform pg_advisory_xact_lock(7286119404);
    if not has_schema_privilege('${systemRole}', 'pgboss', 'usage') then
      grant usage on schema pgboss to ${systemRole};
      grant select on pgboss.queue to ${systemRole};
      grant select, insert on pgboss.job, pgboss.job_common to ${systemRole};
    end if;
  end $$`
