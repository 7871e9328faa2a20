-- What the roles may do with the tables of the packages we take: sign-in, sessions and queue.
-- They hold nothing of a matter, and so have no row policies; every other table has its own, in
-- the policies.sql of its app. May be run again.

revoke all on django_migrations from public, samsyn_web, samsyn_worker;
grant select on django_migrations, django_content_type to samsyn_web, samsyn_worker;

-- Sessions and the ways a person signs in are kept by the web alone.
grant select, insert, update, delete on
    django_session,
    account_emailaddress,
    account_emailconfirmation,
    mfa_authenticator,
    socialaccount_socialaccount,
    socialaccount_socialtoken
to samsyn_web;
grant select on socialaccount_socialapp to samsyn_web;
-- Whether a worker lives is asked by `samsyn hub check`.
grant select on procrastinate_workers to samsyn_web;
-- The worker clears sessions that have ended.
grant select, delete on django_session to samsyn_worker;

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
