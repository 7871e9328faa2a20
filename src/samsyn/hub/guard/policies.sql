-- The second fence of the guard: the signed context, the log that only grows, and who may see
-- accounts. Run after every migration; every statement may be run again.
--
-- INVARIANT: samsyn_web and samsyn_worker own nothing here, and no policy looks at anything but
-- the row and the signed context of the transaction.

-- --- the signed context -------------------------------------------------------------------------

create table if not exists guard_context_key (
    id text primary key,
    inner_pad bytea not null,
    outer_pad bytea not null
);
alter table guard_context_key enable row level security;
alter table guard_context_key force row level security;
revoke all on guard_context_key from public, samsyn_web, samsyn_worker;
grant select, insert, delete on guard_context_key to samsyn_guard;
drop policy if exists key_for_guard on guard_context_key;
create policy key_for_guard on guard_context_key to samsyn_guard using (true) with check (true);

-- Keeps one key, as the two pads of HMAC-SHA-256 (RFC 2104), so that checking takes two digests.
create or replace function guard_install_key(key_hex text) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    key bytea := decode(key_hex, 'hex');
    padded bytea;
    inner_pad bytea := decode(repeat('00', 64), 'hex');
    outer_pad bytea := decode(repeat('00', 64), 'hex');
begin
    if length(key) > 64 then
        key := sha256(key);
    end if;
    padded := key || decode(repeat('00', 64 - length(key)), 'hex');
    for place in 0..63 loop
        inner_pad := set_byte(inner_pad, place, get_byte(padded, place) # 54);
        outer_pad := set_byte(outer_pad, place, get_byte(padded, place) # 92);
    end loop;
    delete from guard_context_key;
    insert into guard_context_key values (left(encode(sha256(key), 'hex'), 16), inner_pad, outer_pad);
end $$;
alter function guard_install_key(text) owner to samsyn_guard;
revoke all on function guard_install_key(text) from public, samsyn_web, samsyn_worker;

-- What the transaction was told of its actor; null without a context, an error when it is forged.
create or replace function guard_claims() returns jsonb
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
    raw text := current_setting('samsyn.context', true);
    body text;
    claims jsonb;
begin
    if raw is null or raw = '' then
        return null;
    end if;
    body := substr(raw, 66);
    if not exists (
        select 1 from guard_context_key
        where encode(sha256(outer_pad || sha256(inner_pad || convert_to(body, 'UTF8'))), 'hex')
            = left(raw, 64)
    ) then
        raise exception 'the context of this transaction is not signed by the hub'
            using errcode = 'insufficient_privilege';
    end if;
    claims := body::jsonb;
    if (claims ->> 'until')::double precision < extract(epoch from now()) then
        return null;
    end if;
    return claims;
end $$;
alter function guard_claims() owner to samsyn_guard;

create or replace function guard_keys() returns text[] language sql stable
set search_path = public, pg_temp as $$
    select coalesce(array(select jsonb_array_elements_text(guard_claims() -> 'keys')), '{}')
$$;
create or replace function guard_holds(key text) returns boolean language sql stable
set search_path = public, pg_temp as $$ select key = any (guard_keys()) $$;
create or replace function guard_agency() returns text language sql stable
set search_path = public, pg_temp as $$ select guard_claims() ->> 'agency' $$;
create or replace function guard_account() returns uuid language sql stable
set search_path = public, pg_temp as $$ select (guard_claims() ->> 'account')::uuid $$;
-- Whether the person gives access at the agency; to read who has it (key AV/people) is less.
create or replace function guard_administers() returns boolean language sql stable
set search_path = public, pg_temp as $$
    select coalesce((guard_claims() ->> 'administers')::boolean, false)
$$;
-- Whether the person reads what the agencies have handed in to the national coordination.
create or replace function guard_national() returns boolean language sql stable
set search_path = public, pg_temp as $$
    select coalesce((guard_claims() ->> 'national')::boolean, false)
$$;
create or replace function guard_day() returns date language sql stable
set search_path = public, pg_temp as $$ select (guard_claims() ->> 'day')::date $$;
create or replace function guard_matter() returns uuid language sql stable
set search_path = public, pg_temp as $$ select (guard_claims() ->> 'matter')::uuid $$;
create or replace function guard_purpose_group() returns text language sql stable
set search_path = public, pg_temp as $$ select guard_claims() ->> 'purpose_group' $$;
-- The one case that a program's key holds for; null for people and for keys that hold for all.
-- INVARIANT: it may be read without looking at the signature, since it only ever takes rows away:
-- what shows a row at all (keys, agency, account) looks at the signature of the same context.
create or replace function guard_only_case() returns uuid language sql stable
set search_path = public, pg_temp as $$
    select (nullif(substr(current_setting('samsyn.context', true), 66), '')::jsonb
        ->> 'only_case')::uuid
$$;

-- --- the log ------------------------------------------------------------------------------------

alter table guard_log_entry enable row level security;
alter table guard_log_entry force row level security;
revoke all on guard_log_entry from public, samsyn_web, samsyn_worker;
grant select on guard_log_entry to samsyn_web, samsyn_worker;
grant select, insert on guard_log_entry to samsyn_guard;
grant usage on all sequences in schema public to samsyn_guard;
-- How many numbers were given: one without a row is an act undone, or an entry removed.
grant select on sequence guard_log_entry_id_seq to samsyn_worker;
alter table guard_log_entry add column if not exists xact xid8 not null default pg_current_xact_id();
create index if not exists guard_log_xact on guard_log_entry (xact);

drop policy if exists log_written on guard_log_entry;
create policy log_written on guard_log_entry to samsyn_guard using (true) with check (true);
drop policy if exists log_read_by_auditor on guard_log_entry;
create policy log_read_by_auditor on guard_log_entry for select to samsyn_web using (
    agency || '/log' = any ((select guard_keys())::text[])
    or account = (select guard_account())
);
drop policy if exists log_sealed on guard_log_entry;
create policy log_sealed on guard_log_entry for select to samsyn_worker using (true);

-- One netstring: the length of a field in octets, a colon, the field, a comma.
create or replace function guard_netstring(field text) returns text language sql immutable
as $$ select octet_length(coalesce(field, '')) || ':' || coalesce(field, '') || ',' $$;

-- Appends one row to the log, as the actor of the signed context, in the caller's transaction.
-- A chain is held until the transaction ends; of sixteen, the first free one is taken.
create or replace function guard_append(
    act text, case_id uuid, matter uuid, purpose text, ground text, rulebook text,
    objects text, detail text
) returns bigint
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    claims jsonb := guard_claims();
    chosen int := -1;
    first_lane int := pg_backend_pid() % 16;
    entry guard_log_entry;
    last record;
begin
    if claims is null then
        raise exception 'nothing is logged without a signed context'
            using errcode = 'insufficient_privilege';
    end if;
    for step in 0..15 loop
        if pg_try_advisory_xact_lock(7301, (first_lane + step) % 16) then
            chosen := (first_lane + step) % 16;
            exit;
        end if;
    end loop;
    if chosen < 0 then
        chosen := first_lane;
        perform pg_advisory_xact_lock(7301, chosen);
    end if;
    select e.seq, e.hash into last from guard_log_entry e
        where e.lane = chosen order by e.seq desc limit 1;
    entry.lane := chosen;
    entry.seq := coalesce(last.seq, 0) + 1;
    entry.prev := coalesce(last.hash, repeat('0', 64));
    entry.at := clock_timestamp();
    entry.account := (claims ->> 'account')::uuid;
    entry.agency := coalesce(claims ->> 'agency', '');
    entry.hash := encode(sha256(convert_to(
        guard_netstring(entry.lane::text) || guard_netstring(entry.seq::text)
        || guard_netstring(to_char(entry.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'))
        || guard_netstring(entry.account::text) || guard_netstring(entry.agency)
        || guard_netstring(act) || guard_netstring(case_id::text) || guard_netstring(matter::text)
        || guard_netstring(purpose) || guard_netstring(ground) || guard_netstring(rulebook)
        || guard_netstring(objects) || guard_netstring(detail) || guard_netstring(entry.prev),
        'UTF8')), 'hex');
    insert into guard_log_entry (lane, seq, at, account, agency, act, case_id, matter, purpose,
        ground, rulebook, objects, detail, prev, hash)
    values (entry.lane, entry.seq, entry.at, entry.account, entry.agency, guard_append.act,
        guard_append.case_id, guard_append.matter, coalesce(guard_append.purpose, ''),
        coalesce(guard_append.ground, ''), coalesce(guard_append.rulebook, ''),
        coalesce(guard_append.objects, ''), coalesce(guard_append.detail, ''),
        entry.prev, entry.hash)
    returning id into entry.id;
    return entry.id;
end $$;
alter function guard_append(text, uuid, uuid, text, text, text, text, text) owner to samsyn_guard;
revoke all on function guard_append(text, uuid, uuid, text, text, text, text, text) from public;
grant execute on function guard_append(text, uuid, uuid, text, text, text, text, text)
    to samsyn_web, samsyn_worker, samsyn_exchange;

-- Nobody changes or removes a row of the log or a seal, not even who owns the table.
create or replace function guard_never() returns trigger language plpgsql as $$
begin
    raise exception '% is never changed or removed', tg_table_name
        using errcode = 'insufficient_privilege';
end $$;
drop trigger if exists log_is_final on guard_log_entry;
create trigger log_is_final before update or delete or truncate on guard_log_entry
    for each statement execute function guard_never();
drop trigger if exists seal_is_final on guard_log_seal;
create trigger seal_is_final before update or delete or truncate on guard_log_seal
    for each statement execute function guard_never();

-- INVARIANT: a protected row and the log row of the act commit together or not at all.
create or replace function guard_needs_log() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    if not exists (select 1 from guard_log_entry where xact = pg_current_xact_id()) then
        raise exception 'a change of % was not logged, so nothing of it was kept', tg_table_name
            using errcode = 'integrity_constraint_violation';
    end if;
    return null;
end $$;
alter function guard_needs_log() owner to samsyn_guard;

-- Puts a table of protected rows under its fence: forced row security, no delete, and a log row
-- for every change. The policies themselves stand in the policies.sql of the table's app.
create or replace procedure guard_protect(protected regclass) language plpgsql as $$
begin
    execute format('alter table %s enable row level security', protected);
    execute format('alter table %s force row level security', protected);
    execute format('revoke all on %s from public, samsyn_web, samsyn_worker', protected);
    execute format('drop trigger if exists needs_log on %s', protected);
    execute format('create constraint trigger needs_log after insert or update or delete on %s '
        'deferrable initially deferred for each row execute function guard_needs_log()', protected);
end $$;

-- For who acts by a key that holds for one case: of a table only that case's rows, whatever else is
-- permitted. `of_the_case` is a condition on a column, or for a table without one a function, which
-- is called for such keys alone: for everybody else the first half is true, found out once a
-- statement. (Why `nullif`: see guard_own_rows.)
create or replace procedure guard_one_case(protected regclass, of_the_case text)
language plpgsql as $$
begin
    execute format('drop policy if exists only_case on %s', protected);
    execute format('create policy only_case on %s as restrictive to samsyn_web using ('
        'nullif((select guard_only_case()) is null or %s, false) is not null)',
        protected, of_the_case);
end $$;
-- The same for a table that names its case, as most do.
create or replace procedure guard_one_case_by_column(protected regclass) language plpgsql as $$
begin
    if exists (select 1 from pg_attribute
        where attrelid = protected and attname = 'case_id' and not attisdropped) then
        call guard_one_case(protected, 'case_id = (select guard_only_case())');
    end if;
end $$;
call guard_one_case_by_column('guard_log_entry');

alter table guard_log_seal enable row level security;
alter table guard_log_seal force row level security;
revoke all on guard_log_seal from public, samsyn_web, samsyn_worker;
grant select on guard_log_seal to samsyn_web;
grant select, insert on guard_log_seal to samsyn_worker;
drop policy if exists seal_read on guard_log_seal;
create policy seal_read on guard_log_seal for select to samsyn_web
    using ((select guard_claims()) is not null);
drop policy if exists seal_made on guard_log_seal;
create policy seal_made on guard_log_seal to samsyn_worker using (true) with check (true);

-- --- accounts and roles -------------------------------------------------------------------------

call guard_protect('guard_account');
grant select on guard_account to samsyn_web, samsyn_worker;
-- What says who a person is and where they belong is never changed.
grant insert, update (password, name, title, language, is_active, ended_on)
    on guard_account to samsyn_web;
drop policy if exists account_seen on guard_account;
create policy account_seen on guard_account for select to samsyn_web using (
    'signin' = any ((select guard_keys())::text[])
    or agency = (select guard_agency())
);
drop policy if exists account_made on guard_account;
create policy account_made on guard_account for insert to samsyn_web with check (
    agency = (select guard_agency()) and (select guard_administers())
);
drop policy if exists account_changed on guard_account;
create policy account_changed on guard_account for update to samsyn_web using (
    id = (select guard_account())
    or (agency = (select guard_agency()) and (select guard_administers()))
) with check (agency = (select guard_agency()));
drop policy if exists account_read_by_worker on guard_account;
create policy account_read_by_worker on guard_account for select to samsyn_worker using (true);

call guard_protect('guard_roleassignment');
grant select on guard_roleassignment to samsyn_web, samsyn_worker;
grant insert, update (to_day) on guard_roleassignment to samsyn_web;
drop policy if exists role_seen on guard_roleassignment;
create policy role_seen on guard_roleassignment for select to samsyn_web using (
    'signin' = any ((select guard_keys())::text[])
    or agency = (select guard_agency())
);
-- Nobody gives a role to themselves, or to a person of another agency.
drop policy if exists role_given on guard_roleassignment;
create policy role_given on guard_roleassignment for insert to samsyn_web with check (
    agency = (select guard_agency()) and (select guard_administers())
    and account_id is distinct from (select guard_account())
    and exists (
        select 1 from guard_account a
        where a.id = account_id and a.agency = guard_roleassignment.agency
    )
);
drop policy if exists role_ended on guard_roleassignment;
create policy role_ended on guard_roleassignment for update to samsyn_web using (
    agency = (select guard_agency()) and (select guard_administers())
) with check (agency = (select guard_agency()));
drop policy if exists role_read_by_worker on guard_roleassignment;
create policy role_read_by_worker on guard_roleassignment for select to samsyn_worker using (true);

call guard_protect('guard_twopersonrequest');
grant select, insert, update (decided_by, decided_by_name, decided_at, outcome, decision_reason)
    on guard_twopersonrequest to samsyn_web;
grant select on guard_twopersonrequest to samsyn_worker;
drop policy if exists request_seen on guard_twopersonrequest;
create policy request_seen on guard_twopersonrequest for select to samsyn_web
    using (visible_to = any ((select guard_keys())::text[]));
call guard_one_case('guard_twopersonrequest', '"case" = (select guard_only_case())');
-- One asks, in their own name; another decides, in theirs; what was asked stays as it was.
drop policy if exists request_asked on guard_twopersonrequest;
create policy request_asked on guard_twopersonrequest for insert to samsyn_web with check (
    visible_to = any ((select guard_keys())::text[])
    and asked_by = (select guard_account()) and decided_by is null and outcome = ''
);
drop policy if exists request_decided on guard_twopersonrequest;
create policy request_decided on guard_twopersonrequest for update to samsyn_web
    using (visible_to = any ((select guard_keys())::text[]) and outcome = '')
    with check (decided_by = (select guard_account())
        and (asked_by <> decided_by or outcome = 'withdrawn'));
drop policy if exists request_read_by_worker on guard_twopersonrequest;
create policy request_read_by_worker on guard_twopersonrequest for select to samsyn_worker
    using (true);

call guard_protect('guard_idempotency');
grant select, insert on guard_idempotency to samsyn_web;
drop policy if exists sent_once on guard_idempotency;
create policy sent_once on guard_idempotency to samsyn_web
    using (account = (select guard_account())) with check (account = (select guard_account()));

-- --- what every app's policies.sql uses ---------------------------------------------------------

-- How a policy asks for the key: `nullif(visible_to = any (...), false) is not null` is true for the
-- same rows as what stands in it, but is no condition that an index is looked up by. The planner
-- cannot know which keys the context will hold; it would reckon with next to no rows, and sort all
-- of an agency's to find its newest fifty. So it reckons that the policy takes nothing away, as is
-- the case: the first fence names the keys in the statement, and leads to the index.

-- Rows that belong to one agency: its people see and write them, the jobs read them, and the
-- functions that carry something from one agency to another (samsyn_exchange) may reach them.
create or replace procedure guard_own_rows(protected regclass) language plpgsql as $$
begin
    call guard_protect(protected);
    execute format('drop policy if exists own_rows on %s', protected);
    execute format('create policy own_rows on %s to samsyn_web '
        'using (nullif(visible_to = any ((select guard_keys())::text[]), false) is not null) '
        'with check (visible_to = any ((select guard_keys())::text[]))', protected);
    call guard_inner_roles(protected);
    call guard_one_case_by_column(protected);
end $$;

-- Rows that can have been received: as own rows, and only in the matter and for the purpose they
-- were given for, and not after their last day. What was received is not changed by its receiver.
create or replace procedure guard_received_rows(protected regclass) language plpgsql as $$
begin
    call guard_protect(protected);
    execute format('drop policy if exists rows_seen on %s', protected);
    execute format('create policy rows_seen on %s for select to samsyn_web using ('
        'nullif(visible_to = any ((select guard_keys())::text[]), false) is not null '
        'and (valid_to is null or valid_to >= (select guard_day())) '
        'and (bound_matter is null or (bound_matter = (select guard_matter()) '
        'and bound_purpose = (select guard_purpose_group()))))', protected);
    execute format('drop policy if exists rows_made on %s', protected);
    execute format('create policy rows_made on %s for insert to samsyn_web with check ('
        'visible_to = any ((select guard_keys())::text[]) and received_from = '''')', protected);
    execute format('drop policy if exists rows_changed on %s', protected);
    execute format('create policy rows_changed on %s for update to samsyn_web using ('
        'visible_to = any ((select guard_keys())::text[]) and received_from = '''') '
        'with check (visible_to = any ((select guard_keys())::text[]) '
        'and received_from = '''')', protected);
    call guard_inner_roles(protected);
    call guard_one_case_by_column(protected);
end $$;

create or replace procedure guard_inner_roles(protected regclass) language plpgsql as $$
begin
    execute format('grant select on %s to samsyn_worker', protected);
    execute format('drop policy if exists read_by_worker on %s', protected);
    execute format('create policy read_by_worker on %s to samsyn_worker using (true) '
        'with check (true)', protected);
    execute format('grant select, insert, update on %s to samsyn_exchange', protected);
    execute format('drop policy if exists carried on %s', protected);
    execute format('create policy carried on %s to samsyn_exchange using (true) '
        'with check (true)', protected);
end $$;
