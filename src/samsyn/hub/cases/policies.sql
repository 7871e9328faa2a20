-- The case room: who may see and write cases, facts, files, tasks, clocks, events, the register.

call guard_own_rows('cases_case');
call guard_one_case('cases_case', 'id = (select guard_only_case())');
grant select, insert on cases_case to samsyn_web;
-- What decides access (agency, matter, origin, who told us) is never written twice.
grant update (title, summary, state, purpose, centre, restricted, visible_to, closed_on, outcome,
    keep_until, changed_at, version, search) on cases_case to samsyn_web;

-- Who is on a restricted case is asked when it is found out who acts, before any key is held.
call guard_protect('cases_casemember');
grant select, insert on cases_casemember to samsyn_web;
grant update (to_day, duty, visible_to) on cases_casemember to samsyn_web;
drop policy if exists member_seen on cases_casemember;
create policy member_seen on cases_casemember to samsyn_web
    using (nullif(visible_to = any ((select guard_keys())::text[]), false) is not null
        or 'signin' = any ((select guard_keys())::text[]))
    with check (visible_to = any ((select guard_keys())::text[]));
call guard_inner_roles('cases_casemember');
call guard_one_case_by_column('cases_casemember');

call guard_own_rows('cases_casesubject');
grant select, insert on cases_casesubject to samsyn_web;
grant update (part, visible_to) on cases_casesubject to samsyn_web;

-- A timeline only grows; its lines follow their case when it is restricted or opened.
call guard_own_rows('cases_event');
grant select, insert on cases_event to samsyn_web;
grant update (visible_to) on cases_event to samsyn_web;

-- A fact is corrected by a new row; what it says is never written twice.
call guard_received_rows('cases_fact');
grant select, insert on cases_fact to samsyn_web;
grant update (state, secrecy, secrecy_confirmed_by, marks, entity_id, visible_to, search)
    on cases_fact to samsyn_web;
grant update (state, visible_to) on cases_fact to samsyn_worker;

call guard_received_rows('cases_sealedfile');
grant select, insert on cases_sealedfile to samsyn_web;
grant update (state, visible_to, marks, secrecy, shown_as, fact_id, search) on cases_sealedfile
    to samsyn_web;
grant update (state, visible_to) on cases_sealedfile to samsyn_worker;

call guard_own_rows('cases_registerentry');
grant select, insert on cases_registerentry to samsyn_web;
grant update (case_id, counterpart_secret, about_secret, mark_provision, mark_dated, mark_agency,
    mark_lifted_at, visible_to) on cases_registerentry to samsyn_web;

call guard_own_rows('cases_task');
grant select, insert on cases_task to samsyn_web;
grant update (account, name, due_on, done_at, done_by_name, visible_to) on cases_task to samsyn_web;

call guard_own_rows('cases_clock');
grant select, insert on cases_clock to samsyn_web;
grant update (stopped_on, visible_to) on cases_clock to samsyn_web;
call guard_own_rows('cases_clockpause');
grant select, insert on cases_clockpause to samsyn_web;
grant update (to_day, visible_to) on cases_clockpause to samsyn_web;

-- What a key that holds for one case sees of tables that name no case: what hangs on a row that it
-- sees. Not security definer: the rows looked at are behind the same fence.
create or replace function cases_clock_seen(p_clock uuid) returns boolean
language plpgsql stable cost 1 set search_path = public, pg_temp as $$
begin
    return exists (select 1 from cases_clock k where k.id = p_clock);
end $$;
call guard_one_case('cases_clockpause', 'cases_clock_seen(clock_id)');
create or replace function cases_entity_seen(p_entity uuid) returns boolean
language plpgsql stable cost 1 set search_path = public, pg_temp as $$
begin
    return exists (select 1 from cases_casesubject s where s.entity_id = p_entity)
        or exists (select 1 from cases_fact f where f.entity_id = p_entity);
end $$;
call guard_one_case('registry_entity', 'cases_entity_seen(id)');

-- Register numbers come from a counter that nobody reads: how many another agency has given is
-- nobody's business. The shape is text with one %s where the number goes.
call guard_protect('cases_registercounter');
drop trigger if exists needs_log on cases_registercounter;
grant select, insert, update on cases_registercounter to samsyn_exchange;
grant usage on all sequences in schema public to samsyn_exchange, samsyn_web, samsyn_worker;
drop policy if exists counted on cases_registercounter;
create policy counted on cases_registercounter to samsyn_exchange using (true) with check (true);

create or replace function cases_number_of(
    p_agency text, p_series text, p_year int, p_shape text, p_width int
) returns text
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    given int;
begin
    insert into cases_registercounter (agency, series, year, last)
    values (p_agency, p_series, p_year, 1)
    on conflict (agency, series, year) do update set last = cases_registercounter.last + 1
    returning last into given;
    return format(p_shape, lpad(given::text, greatest(p_width, length(given::text)), '0'));
end $$;
alter function cases_number_of(text, text, int, text, int) owner to samsyn_exchange;
revoke all on function cases_number_of(text, text, int, text, int) from public;

-- The next number in a series of one's own agency.
create or replace function cases_next_number(p_series text, p_year int, p_shape text, p_width int)
returns text
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    if guard_agency() is null or guard_account() is null then
        raise exception 'a register number is taken by a person of an agency'
            using errcode = 'insufficient_privilege';
    end if;
    return cases_number_of(guard_agency(), p_series, p_year, p_shape, p_width);
end $$;
alter function cases_next_number(text, int, text, int) owner to samsyn_exchange;
revoke all on function cases_next_number(text, int, text, int) from public;
grant execute on function cases_next_number(text, int, text, int) to samsyn_web;

-- Closes a case of one's own agency to all but those assigned, or opens it to the case work
-- again: every row of the case changes its key in the same act.
create or replace function cases_set_key(p_case uuid, p_restrict boolean) returns text
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    c cases_case;
    new_key text;
    part text;
begin
    select * into c from cases_case where id = p_case for update;
    if c.id is null or c.agency is distinct from guard_agency()
        or not (c.visible_to = any (guard_keys())) then
        raise exception 'there is no case of yours to close' using errcode = 'insufficient_privilege';
    end if;
    if c.visible_to like '%/protection' then
        raise exception 'the protection track is closed already';
    end if;
    new_key := case when p_restrict then c.agency || '/case/' || c.id else c.agency end;
    foreach part in array array['cases_casemember', 'cases_casesubject', 'cases_event',
        'cases_fact', 'cases_sealedfile', 'cases_registerentry', 'cases_task', 'cases_clock',
        'disclosures_question', 'disclosures_disclosure', 'disclosures_receipt',
        'disclosures_review', 'disclosures_obstacle', 'insight_release', 'insight_disposal']
    loop
        execute format('update %I set visible_to = $1 where case_id = $2 and visible_to = $3', part)
            using new_key, c.id, c.visible_to;
    end loop;
    update cases_clockpause p set visible_to = new_key from cases_clock k
        where k.id = p.clock_id and k.case_id = c.id and p.visible_to = c.visible_to;
    update disclosures_disclosedfact i set visible_to = new_key from disclosures_disclosure d
        where d.id = i.disclosure_id and d.case_id = c.id and i.visible_to = c.visible_to;
    update insight_releaseitem i set visible_to = new_key from insight_release r
        where r.id = i.release_id and r.case_id = c.id and i.visible_to = c.visible_to;
    -- That a fact came from a system of the agency's own is known where the fact is. What another
    -- case has taken in under the same id meanwhile stays that case's.
    update api_importedfact i set visible_to = new_key from cases_fact f
        where f.id = i.fact and f.case_id = c.id and i.visible_to = c.visible_to
        and not exists (select 1 from api_importedfact o where o.visible_to = new_key
            and o.system = i.system and o.source_id = i.source_id);
    -- A firm or person known from this case alone goes with it; one known elsewhere stays.
    update registry_entity e set visible_to = new_key
        where e.visible_to = c.visible_to
        and exists (select 1 from cases_casesubject s where s.entity_id = e.id and s.case_id = c.id)
        and not exists (select 1 from cases_casesubject s where s.entity_id = e.id
            and s.case_id <> c.id)
        and not exists (select 1 from cases_fact f where f.entity_id = e.id and f.case_id <> c.id);
    update cases_case set visible_to = new_key, restricted = p_restrict where id = c.id;
    return new_key;
end $$;
alter function cases_set_key(uuid, boolean) owner to samsyn_exchange;
revoke all on function cases_set_key(uuid, boolean) from public;
grant execute on function cases_set_key(uuid, boolean) to samsyn_web;

-- The timeline and the register name a file as it may be named: one that points to a tip-giver by
-- neutral words, in lines written before it was marked too. Its name stays in the file's own row.
create or replace function cases_name_file(p_file uuid) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    f cases_sealedfile;
    closed boolean;
begin
    select s.* into f from cases_sealedfile s join cases_case c on c.id = s.case_id
        where s.id = p_file and c.agency = guard_agency() and s.visible_to = any (guard_keys())
        and s.received_from = '';
    if f.id is null then
        raise exception 'there is no file of yours to name' using errcode = 'insufficient_privilege';
    end if;
    closed := 'tip_giver' = any (f.marks);
    update cases_event set words = case when closed
            then (words - 'name') || jsonb_build_object('closed', true)
            else (words - 'closed') || jsonb_build_object('name', f.name) end
        where case_id = f.case_id and about = f.id and words ?| array['name', 'closed'];
    update cases_registerentry set
        about = case when closed then 'Stängd handling' else f.name end,
        about_secret = about_secret or closed
        where case_id = f.case_id and document = f.id and document_kind = 'file';
end $$;
alter function cases_name_file(uuid) owner to samsyn_exchange;
revoke all on function cases_name_file(uuid) from public;
grant execute on function cases_name_file(uuid) to samsyn_web;

-- What is archived is read, and neither added to nor changed; marks may become stricter and be
-- lifted, the register and the timeline go on. What another agency sends in a matter that lies in
-- the archive takes it out again: somebody has to look at it.
create or replace function cases_archived() returns trigger language plpgsql as $$
declare
    of_case uuid := case when tg_table_name = 'cases_case' then (to_jsonb(new) ->> 'id')::uuid
        else (to_jsonb(new) ->> 'case_id')::uuid end;
begin
    if current_user not in ('samsyn_web', 'samsyn_exchange') or not exists (
        select 1 from cases_case where id = of_case and state = 'archived') then
        return new;
    end if;
    if current_user = 'samsyn_web' then
        raise exception 'what is archived is not changed' using errcode = 'insufficient_privilege';
    end if;
    if to_jsonb(new) ->> 'received_from' <> '' then
        update cases_case set state = 'closed', keep_until = null where id = of_case;
    end if;
    return new;
end $$;
do $$
declare
    part text;
begin
    foreach part in array array['cases_fact', 'cases_sealedfile', 'cases_casesubject', 'cases_task',
        'cases_clock']
    loop
        execute format('drop trigger if exists archived on %I', part);
        execute format('create trigger archived before insert on %I for each row '
            'execute function cases_archived()', part);
    end loop;
end $$;
drop trigger if exists archived on cases_case;
create trigger archived before update of title, summary, purpose, centre, outcome on cases_case
    for each row execute function cases_archived();

-- Lists name the agency and the keys, which say the same: the planner is told that they do.
create statistics if not exists cases_keys_of_cases (dependencies, mcv)
    on agency, visible_to from cases_case;
create statistics if not exists cases_keys_of_facts (dependencies, mcv)
    on agency, visible_to from cases_fact;
create statistics if not exists cases_keys_of_register (dependencies, mcv)
    on agency, visible_to from cases_registerentry;

-- What was received is not changed by its receiver, but for this: it is marked more strictly there,
-- and what was added there is taken off again when another person has agreed.
-- INVARIANT: what whoever gave it has said of its secrecy is never taken off by these.
create or replace function cases_mark_copy(
    p_fact uuid, p_secrecy text[], p_marks text[], p_words text[], p_entry bigint
) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    f cases_fact;
begin
    select * into f from cases_fact where id = p_fact for update;
    if f.id is null or f.received_from = '' or f.agency is distinct from guard_agency()
        or not (f.visible_to = any (guard_keys())) or f.state <> 'current' or p_entry is null then
        raise exception 'there is no copy of yours to mark' using errcode = 'insufficient_privilege';
    end if;
    update cases_fact set
        secrecy = f.secrecy || array(select s from unnest(p_secrecy) s where s <> all (f.secrecy)),
        marks = f.marks || array(select m from unnest(p_marks) m where m <> all (f.marks)),
        added = f.added || array(select a from unnest(p_secrecy || p_marks) a
            where a <> all (f.secrecy || f.marks)),
        search = case when 'tip_giver' = any (p_marks) and not ('tip_giver' = any (f.marks))
            then array_to_tsvector(p_words) else f.search end
        where id = f.id;
end $$;

grant select on guard_twopersonrequest to samsyn_exchange;
drop policy if exists request_read_by_exchange on guard_twopersonrequest;
create policy request_read_by_exchange on guard_twopersonrequest for select to samsyn_exchange
    using (true);
create or replace function cases_lift_added(
    p_fact uuid, p_secrecy text[], p_marks text[], p_words text[], p_request uuid
) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    f cases_fact;
    lifted text[] := p_secrecy || p_marks;
begin
    select * into f from cases_fact where id = p_fact for update;
    if f.id is null or f.received_from = '' or f.agency is distinct from guard_agency()
        or not (f.visible_to = any (guard_keys())) or not (f.added @> lifted::varchar[])
        or not exists (select 1 from guard_twopersonrequest r where r.id = p_request
            and r.act = 'secrecy.lift' and r.outcome = 'approved' and r.decided_by = guard_account()
            and r.asked_by <> r.decided_by and r.about ->> 'fact' = p_fact::text
            and string_to_array(r.about ->> 'secrecy', '|') @> p_secrecy
            and string_to_array(r.about ->> 'marks', '|') @> p_marks) then
        raise exception 'there is nothing of yours to lift' using errcode = 'insufficient_privilege';
    end if;
    update cases_fact set
        secrecy = array(select s from unnest(f.secrecy) s where s <> all (lifted)),
        marks = array(select m from unnest(f.marks) m where m <> all (lifted)),
        added = array(select a from unnest(f.added) a where a <> all (lifted)),
        search = case when 'tip_giver' = any (p_marks) then array_to_tsvector(p_words)
            else f.search end
        where id = f.id;
end $$;
do $$
declare
    called text;
begin
    foreach called in array array[
        'cases_mark_copy(uuid, text[], text[], text[], bigint)',
        'cases_lift_added(uuid, text[], text[], text[], uuid)'
    ] loop
        execute format('alter function %s owner to samsyn_exchange', called);
        execute format('revoke all on function %s from public', called);
        execute format('grant execute on function %s to samsyn_web', called);
    end loop;
end $$;
