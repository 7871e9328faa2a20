-- Examining afterwards: who may read and write what is kept of it, and the functions by which an
-- auditor learns who did what without learning what it said. How disposal is carried out stands in
-- disposal/policies.sql, what stands out in the log in anomalies/policies.sql.
--
-- INVARIANT: every function here answers about the asker's own agency alone, and none gives a text,
-- a title or the name of anybody a matter is about.

-- --- what is kept -------------------------------------------------------------------------------

-- Whether the log holds is no secret of any agency; what is found is a place in it.
alter table insight_logcheck enable row level security;
alter table insight_logcheck force row level security;
revoke all on insight_logcheck from public, samsyn_web, samsyn_worker;
grant select on insight_logcheck to samsyn_web;
grant select, insert on insight_logcheck to samsyn_worker;
grant usage on all sequences in schema public to samsyn_worker;
drop policy if exists check_read on insight_logcheck;
create policy check_read on insight_logcheck for select to samsyn_web
    using ((select guard_agency()) || '/log' = any ((select guard_keys())::text[]));
drop policy if exists check_made on insight_logcheck;
create policy check_made on insight_logcheck to samsyn_worker using (true) with check (true);
drop trigger if exists check_is_final on insight_logcheck;
create trigger check_is_final before update or delete or truncate on insight_logcheck
    for each statement execute function guard_never();

-- Confirmed in one's own name, and not changed afterwards.
call guard_protect('insight_confirmation');
call guard_one_case('insight_confirmation', 'false');
grant select, insert on insight_confirmation to samsyn_web;
grant select on insight_confirmation to samsyn_worker;
drop policy if exists confirmation_seen on insight_confirmation;
create policy confirmation_seen on insight_confirmation for select to samsyn_web
    using (visible_to = any ((select guard_keys())::text[]));
drop policy if exists confirmation_made on insight_confirmation;
create policy confirmation_made on insight_confirmation for insert to samsyn_web
    with check (visible_to = any ((select guard_keys())::text[]) and by = (select guard_account()));
drop policy if exists confirmation_read_by_worker on insight_confirmation;
create policy confirmation_read_by_worker on insight_confirmation for select to samsyn_worker
    using (true);

-- A proof is written by the function that disposes, and by nobody else.
call guard_own_rows('insight_disposal');
grant select on insight_disposal to samsyn_web;
grant update (files_erased_at) on insight_disposal to samsyn_worker;

call guard_own_rows('insight_release');
grant select, insert on insight_release to samsyn_web;
grant update (state, outcome, reasons, copy, digest, decided_by_name, decided_at, entry, version,
    asked_by) on insight_release to samsyn_web;
call guard_own_rows('insight_releaseitem');
-- To release takes a person who has just signed in, and so is never done by a program.
call guard_one_case('insight_releaseitem', 'false');
grant select, insert, update (released, withheld_by, masks) on insight_releaseitem to samsyn_web;

-- What was decided to leave is not changed afterwards; what is disposed of loses its content.
create or replace function insight_final() returns trigger language plpgsql as $$
begin
    if current_user <> 'samsyn_exchange' and old.state = 'decided' then
        raise exception 'a decided release is not changed' using errcode = 'insufficient_privilege';
    end if;
    return new;
end $$;
drop trigger if exists decided_is_final on insight_release;
create trigger decided_is_final before update on insight_release
    for each row execute function insight_final();
create or replace function insight_item_final() returns trigger language plpgsql as $$
begin
    if current_user <> 'samsyn_exchange' and exists (
        select 1 from insight_release r where r.id = new.release_id and r.state = 'decided'
    ) then
        raise exception 'a decided release is not changed' using errcode = 'insufficient_privilege';
    end if;
    return new;
end $$;
drop trigger if exists decided_item_is_final on insight_releaseitem;
create trigger decided_item_is_final before update on insight_releaseitem
    for each row execute function insight_item_final();

-- --- what samsyn_insight reads ------------------------------------------------------------------

do $$
declare
    looked_at text;
begin
    foreach looked_at in array array['guard_log_entry', 'guard_account', 'guard_roleassignment',
        'guard_twopersonrequest', 'registry_entity', 'cases_case', 'cases_casemember',
        'cases_fact', 'cases_sealedfile', 'cases_registerentry', 'cases_task', 'cases_event',
        'disclosures_question', 'disclosures_disclosure', 'disclosures_disclosedfact',
        'disclosures_receipt', 'insight_release', 'insight_disposal']
    loop
        execute format('grant select on %I to samsyn_insight', looked_at);
        execute format('drop policy if exists examined on %I', looked_at);
        execute format('create policy examined on %I for select to samsyn_insight using (true)',
            looked_at);
    end loop;
end $$;

-- A period is looked through without reading the whole log: by what was done at an agency, and by
-- what somebody did.
create index if not exists guard_log_at on guard_log_entry using brin (at);
create index if not exists guard_log_act on guard_log_entry (agency, act, at);
create index if not exists guard_log_use on guard_log_entry (account, act, at);
create index if not exists insight_decided on disclosures_disclosure (agency, decided_at)
    where state in ('delivered', 'recalled');
create index if not exists insight_restricted on cases_case (agency) where restricted;

create or replace function insight_examines() returns boolean language sql stable
set search_path = public, pg_temp as $$
    select coalesce(guard_agency() || '/log' = any (guard_keys()), false)
$$;
create or replace function insight_sees_people() returns boolean language sql stable
set search_path = public, pg_temp as $$
    select coalesce(guard_agency() || '/people' = any (guard_keys()), false)
$$;

-- Here and below, what the context says is asked for as (select ...): once, not for every row.

-- --- the log in words ---------------------------------------------------------------------------

-- Register numbers of cases of one's own agency.
create or replace function insight_numbers(p_cases uuid[]) returns table (id uuid, number text)
language sql stable security definer set search_path = public, pg_temp as $$
    select c.id, c.number::text from cases_case c
    where c.id = any (p_cases) and c.agency = (select guard_agency())
        and (select insight_examines())
$$;
alter function insight_numbers(uuid[]) owner to samsyn_insight;
revoke all on function insight_numbers(uuid[]) from public;
grant execute on function insight_numbers(uuid[]) to samsyn_web;

create or replace function insight_case_of(p_number text) returns uuid
language sql stable security definer set search_path = public, pg_temp as $$
    select c.id from cases_case c
    where c.number = p_number and c.agency = (select guard_agency())
        and (select insight_examines())
$$;
alter function insight_case_of(text) owner to samsyn_insight;
revoke all on function insight_case_of(text) from public;
grant execute on function insight_case_of(text) to samsyn_web;

-- What decides over a row of the asker's own agency, by its id; nothing about a row of another.
create or replace function insight_rows(p_ids uuid[]) returns table (
    id uuid, kind text, visible_to text, bound boolean, bound_matter uuid, bound_purpose text,
    valid_to date, case_id uuid, matter uuid
)
language sql stable security definer set search_path = public, pg_temp as $$
    with mine as (select guard_agency() as agency where (select insight_examines())),
    found as (
        select c.id, 'case' as kind, c.visible_to::text, false as bound, null::uuid as bound_matter,
            '' as bound_purpose, null::date as valid_to, c.id as case_id, c.agency::text as of_agency
        from cases_case c where c.id = any (p_ids)
        union all
        select f.id, 'fact', f.visible_to, true, f.bound_matter, f.bound_purpose, f.valid_to,
            f.case_id, f.agency from cases_fact f where f.id = any (p_ids)
        union all
        select f.id, 'file', f.visible_to, true, f.bound_matter, f.bound_purpose, f.valid_to,
            f.case_id, c.agency from cases_sealedfile f join cases_case c on c.id = f.case_id
            where f.id = any (p_ids)
        union all
        select e.id, e.kind, e.visible_to, true, e.bound_matter, e.bound_purpose, e.valid_to,
            null, split_part(e.visible_to, '/', 1) from registry_entity e where e.id = any (p_ids)
        union all
        select r.id, 'register', r.visible_to, false, null, '', null, r.case_id, r.agency
            from cases_registerentry r where r.id = any (p_ids)
        union all
        select t.id, 'task', t.visible_to, false, null, '', null, t.case_id, c.agency
            from cases_task t join cases_case c on c.id = t.case_id where t.id = any (p_ids)
        union all
        select m.id, 'member', m.visible_to, false, null, '', null, m.case_id, c.agency
            from cases_casemember m join cases_case c on c.id = m.case_id where m.id = any (p_ids)
        union all
        select q.id, 'question', q.visible_to, false, null, '', null, q.case_id,
            split_part(q.visible_to, '/', 1) from disclosures_question q where q.id = any (p_ids)
        union all
        select d.id, 'disclosure', d.visible_to, false, null, '', null, d.case_id, d.agency
            from disclosures_disclosure d where d.id = any (p_ids)
        union all
        select r.id, 'receipt', r.visible_to, false, null, '', null, r.case_id, r.agency
            from disclosures_receipt r where r.id = any (p_ids)
        union all
        select r.id, 'release', r.visible_to, false, null, '', null, r.case_id, r.agency
            from insight_release r where r.id = any (p_ids)
        union all
        select d.id, 'disposal', d.visible_to, false, null, '', null, d.case_id, d.agency
            from insight_disposal d where d.id = any (p_ids)
        union all
        select t.id, 'request', t.visible_to, false, null, '', null, null,
            split_part(t.visible_to, '/', 1) from guard_twopersonrequest t where t.id = any (p_ids)
        union all
        select a.id, 'account', a.agency || '/people', false, null, '', null, null, a.agency
            from guard_account a where a.id = any (p_ids)
        union all
        select r.id, 'role', r.agency || '/people', false, null, '', null, null, r.agency
            from guard_roleassignment r where r.id = any (p_ids)
    )
    select found.id, found.kind, found.visible_to, found.bound, found.bound_matter,
        found.bound_purpose, found.valid_to, found.case_id, c.matter
    from found join mine on mine.agency = found.of_agency
        left join cases_case c on c.id = found.case_id
$$;
alter function insight_rows(uuid[]) owner to samsyn_insight;
revoke all on function insight_rows(uuid[]) from public;
grant execute on function insight_rows(uuid[]) to samsyn_web;

-- The restricted cases that somebody of one's own agency is on, on a day.
create or replace function insight_memberships(p_account uuid, p_day date) returns setof uuid
language sql stable security definer set search_path = public, pg_temp as $$
    select m.case_id from cases_casemember m join cases_case c on c.id = m.case_id
    where m.account = p_account and c.agency = (select guard_agency())
        and (select insight_examines())
        and m.from_day <= p_day and (m.to_day is null or m.to_day >= p_day)
$$;
alter function insight_memberships(uuid, date) owner to samsyn_insight;
revoke all on function insight_memberships(uuid, date) from public;
grant execute on function insight_memberships(uuid, date) to samsyn_web;

-- The hashes of the entries that a seal took in: with them one entry is proved, and nothing is
-- learned of the others.
create or replace function insight_leaves(p_lanes smallint[], p_first bigint[], p_last bigint[])
returns setof text
language sql stable security definer set search_path = public, pg_temp as $$
    select e.hash::text from guard_log_entry e
    join unnest(p_lanes, p_first, p_last) as span (lane, first, last)
        on e.lane = span.lane and e.seq between span.first and span.last
    where (select insight_examines())
    order by e.lane, e.seq
$$;
alter function insight_leaves(smallint[], bigint[], bigint[]) owner to samsyn_insight;
revoke all on function insight_leaves(smallint[], bigint[], bigint[]) from public;
grant execute on function insight_leaves(smallint[], bigint[], bigint[]) to samsyn_web;

-- --- access review ------------------------------------------------------------------------------

-- What has to be looked at: roles of those who have left, roles nobody used, roles that end soon,
-- and restricted cases with somebody who has left. Which restricted case it is, only those who
-- read the log learn. p_acts: role -> the acts that only show that it was used.
create or replace function insight_access(p_day date, p_quiet int, p_soon int, p_acts jsonb)
returns table (kind text, id uuid, account uuid, name text, role text, centre text, from_day date,
    to_day date, about text)
language sql stable security definer set search_path = public, pg_temp as $$
    with live as (
        select r.*, a.name, a.is_active, a.ended_on from guard_roleassignment r
        join guard_account a on a.id = r.account_id
        where r.agency = (select guard_agency()) and (select insight_sees_people())
            and r.from_day <= p_day and (r.to_day is null or r.to_day >= p_day)
    )
    (select 'leaver', l.id, l.account_id, l.name::text, l.role::text, l.centre::text, l.from_day,
            l.to_day, coalesce(l.ended_on::text, '')
        from live l where not l.is_active or l.ended_on < p_day order by l.name limit 200)
    union all
    (select 'unused', l.id, l.account_id, l.name, l.role, l.centre, l.from_day, l.to_day, ''
        from live l
        -- One look into an index for each act of the role, not the log of a quarter.
        left join lateral (
            select 1 as used from jsonb_array_elements_text(p_acts -> l.role::text) a (act)
            cross join lateral (
                select 1 from guard_log_entry e where e.account = l.account_id and e.act = a.act
                    and e.at >= (p_day - p_quiet) limit 1
            ) e limit 1
        ) u on true
        where l.is_active and l.from_day <= p_day - p_quiet and u.used is null
        order by l.name limit 200)
    union all
    (select 'ending', l.id, l.account_id, l.name, l.role, l.centre, l.from_day, l.to_day, ''
        from live l where l.is_active and l.to_day <= p_day + p_soon order by l.to_day limit 200)
    union all
    (select 'left_member', m.id, m.account, m.name, '', '', m.from_day, m.to_day,
            case when (select insight_examines()) then c.number else '' end
        from cases_casemember m join cases_case c on c.id = m.case_id
        join guard_account a on a.id = m.account
        where c.agency = (select guard_agency()) and (select insight_sees_people()) and c.restricted
            and (m.to_day is null or m.to_day >= p_day)
            and (not a.is_active or a.ended_on < p_day)
        order by m.name limit 200)
$$;
alter function insight_access(date, int, int, jsonb) owner to samsyn_insight;
revoke all on function insight_access(date, int, int, jsonb) from public;
grant execute on function insight_access(date, int, int, jsonb) to samsyn_web;
