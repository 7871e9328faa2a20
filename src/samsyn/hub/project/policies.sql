-- What the roles may do with the tables of Django and of the queue. They hold nothing of a matter,
-- and so have no row policies; every other table has its own, in the policies.sql of its app (those
-- of the sign-in in guard/signin). May be run again.

revoke all on django_migrations from public, samsyn_web, samsyn_worker;
grant select on django_migrations, django_content_type to samsyn_web, samsyn_worker;

-- Whether a worker lives is asked by `samsyn hub check`.
grant select on procrastinate_workers to samsyn_web;

-- The web lays jobs in the queue, in the transaction that asks for them, and cannot read or change
-- those of others; a job has ids for arguments, never content.
grant insert on procrastinate_jobs to samsyn_web;
grant select (id) on procrastinate_jobs to samsyn_web;
grant insert on procrastinate_events to samsyn_web;
grant usage on sequence procrastinate_jobs_id_seq, procrastinate_events_id_seq to samsyn_web;
grant select, insert, update, delete on
    procrastinate_jobs,
    procrastinate_events,
    procrastinate_periodic_defers,
    procrastinate_workers
to samsyn_worker;
grant usage on
    sequence procrastinate_jobs_id_seq, procrastinate_events_id_seq,
    procrastinate_periodic_defers_id_seq
to samsyn_worker;
