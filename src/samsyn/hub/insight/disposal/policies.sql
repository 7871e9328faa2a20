-- Disposal (gallring): what is due, and the one function that removes content for good.
--
-- INVARIANT: nothing is removed or locked without a request that another person of the agency has
-- approved in this very transaction; what is left is the skeleton, with ids, days and grounds; the
-- register stays as it is; the proof is written in the same breath.

grant select on guard_twopersonrequest to samsyn_exchange;
drop policy if exists request_carried_out on guard_twopersonrequest;
create policy request_carried_out on guard_twopersonrequest for select to samsyn_exchange
    using (true);

-- Deliveries whose last day has passed, or whose purpose is over because the case is closed. Those
-- that have expired are seen by nobody any more, so this tells of them without their content.
create or replace function insight_due_received(p_exchange uuid, p_most int) returns table (
    exchange uuid, case_id uuid, number text, giver text, facts bigint, files bigint,
    valid_to date, why text
)
language sql stable security definer set search_path = public, pg_temp as $$
    select f.disclosure, c.id, c.number::text, min(f.received_from)::text, count(*),
        (select count(*) from cases_sealedfile s where s.disclosure = f.disclosure
            and s.case_id = c.id and s.received_from <> '' and s.state = 'current'),
        max(f.valid_to),
        case when max(f.valid_to) < guard_day() then 'expired' else 'ended' end
    from cases_fact f join cases_case c on c.id = f.case_id
    where c.agency = guard_agency() and f.visible_to = any (guard_keys())
        and f.received_from <> '' and f.state = 'current' and f.disclosure is not null
        and (p_exchange is null or f.disclosure = p_exchange)
        and ((f.valid_to < guard_day()) or c.state in ('closed', 'archived'))
    group by f.disclosure, c.id, c.number
    order by max(f.valid_to) nulls last, f.disclosure limit p_most
$$;
alter function insight_due_received(uuid, int) owner to samsyn_exchange;
revoke all on function insight_due_received(uuid, int) from public;
grant execute on function insight_due_received(uuid, int) to samsyn_web;

-- How many rows of each kind a case has, whatever of them one sees oneself.
create or replace function insight_case_counts(p_case uuid) returns jsonb
language sql stable security definer set search_path = public, pg_temp as $$
    select jsonb_strip_nulls(jsonb_build_object(
        'facts', (select nullif(count(*), 0) from cases_fact where case_id = c.id),
        'files', (select nullif(count(*), 0) from cases_sealedfile where case_id = c.id),
        'tasks', (select nullif(count(*), 0) from cases_task where case_id = c.id),
        'events', (select nullif(count(*), 0) from cases_event where case_id = c.id),
        'questions', (select nullif(count(*), 0) from disclosures_question where case_id = c.id),
        'disclosures', (select nullif(count(*), 0) from disclosures_disclosure where case_id = c.id),
        'entities', (select nullif(count(*), 0) from registry_entity e where exists (
            select 1 from cases_casesubject s where s.entity_id = e.id and s.case_id = c.id)
            and not exists (select 1 from cases_casesubject s where s.entity_id = e.id
                and s.case_id <> c.id))
    ))
    from cases_case c where c.id = p_case and c.agency = guard_agency()
        and c.visible_to = any (guard_keys())
$$;
alter function insight_case_counts(uuid) owner to samsyn_exchange;
revoke all on function insight_case_counts(uuid) from public;
grant execute on function insight_case_counts(uuid) to samsyn_web;

-- Names of the store that nothing but these rows refers to: another agency's copy of a delivered
-- file lies under the same name, and stays.
create or replace function insight_only_here(p_files uuid[]) returns text[]
language sql stable set search_path = public, pg_temp as $$
    select coalesce(array_agg(distinct n.name order by n.name), '{}')
    from cases_sealedfile f
    cross join lateral unnest(array[f.stored_as::text] || f.shown_as::text[]) n (name)
    where f.id = any (p_files) and n.name <> '' and not exists (
        select 1 from cases_sealedfile o where o.id <> all (p_files)
            and (o.stored_as = n.name or n.name = any (o.shown_as::text[])))
$$;

-- What a whole case loses: read together, then emptied.
create or replace function insight_entities_of(p_case uuid) returns uuid[]
language sql stable set search_path = public, pg_temp as $$
    select coalesce(array_agg(e.id), '{}') from registry_entity e
    where e.id in (
        select s.entity_id from cases_casesubject s where s.case_id = p_case
        union select f.entity_id from cases_fact f where f.case_id = p_case)
    and not exists (select 1 from cases_casesubject s where s.entity_id = e.id
        and s.case_id <> p_case)
    and not exists (select 1 from cases_fact f where f.entity_id = e.id and f.case_id <> p_case)
$$;

create or replace function insight_case_content(p_case uuid) returns jsonb
language sql stable set search_path = public, pg_temp as $$
    select jsonb_build_object(
        'cases', (select jsonb_agg(jsonb_build_array(id, title, summary, outcome))
            from cases_case where id = p_case),
        'facts', (select jsonb_agg(jsonb_build_array(id, text, source) order by id)
            from cases_fact where case_id = p_case),
        'files', (select jsonb_agg(jsonb_build_array(id, name, sha256) order by id)
            from cases_sealedfile where case_id = p_case),
        'tasks', (select jsonb_agg(jsonb_build_array(id, what, name) order by id)
            from cases_task where case_id = p_case),
        'clocks', (select jsonb_agg(jsonb_build_array(id, what) order by id)
            from cases_clock where case_id = p_case),
        'events', (select jsonb_agg(jsonb_build_array(id, words) order by id)
            from cases_event where case_id = p_case),
        'questions', (select jsonb_agg(jsonb_build_array(id, about, text, answer_words) order by id)
            from disclosures_question where case_id = p_case),
        'disclosures', (select jsonb_agg(
                jsonb_build_array(id, told_title, told_words, weighing, recall_reason) order by id)
            from disclosures_disclosure where case_id = p_case),
        'disclosed_facts', (select jsonb_agg(jsonb_build_array(i.id, i.text) order by i.id)
            from disclosures_disclosedfact i join disclosures_disclosure d on d.id = i.disclosure_id
            where d.case_id = p_case),
        'receipts', (select jsonb_agg(jsonb_build_array(id, words) order by id)
            from disclosures_receipt where case_id = p_case),
        'entities', (select jsonb_agg(
                jsonb_build_array(id, name, number, address, municipality, note) order by id)
            from registry_entity where id = any (insight_entities_of(p_case))),
        'releases', (select jsonb_agg(jsonb_build_array(id, asked_by, reasons, copy) order by id)
            from insight_release where case_id = p_case)
    )
$$;

-- Firms, places and people known from this case alone; one known from another case stays.

create or replace function insight_empty_case(p_case uuid) returns void
language plpgsql set search_path = public, pg_temp as $$
declare
    entities uuid[] := insight_entities_of(p_case);
begin
    update registry_entity set name = '', number = '', number_kind = 'none', address = '',
        municipality = '', note = '', search = null where id = any (entities);
    update cases_fact set text = '', source = '', search = null, state = 'disposed'
        where case_id = p_case;
    update cases_sealedfile set name = '', sha256 = '', stored_as = '', shown_as = '{}',
        warnings = '[]', search = null, state = 'disposed' where case_id = p_case;
    update cases_task set what = '', name = '' where case_id = p_case;
    update cases_clockpause p set reason = '' from cases_clock k
        where k.id = p.clock_id and k.case_id = p_case;
    update cases_clock set what = '' where case_id = p_case;
    update cases_event set words = '{}' where case_id = p_case;
    update disclosures_question set about = '', text = '', answer_words = '', search = null
        where case_id = p_case;
    -- A weighing that was made stays a weighing; its words go.
    update disclosures_disclosure set told_title = '', told_words = '', told_search = null,
        recall_reason = '', weighing = case when weighing = '' then '' else '-' end
        where case_id = p_case;
    update disclosures_disclosedfact i set text = '', search = null from disclosures_disclosure d
        where d.id = i.disclosure_id and d.case_id = p_case;
    update disclosures_receipt set words = '' where case_id = p_case;
    update insight_release set asked_by = '', reasons = '', copy = '' where case_id = p_case;
    update cases_case set title = 'Gallrat', summary = '', outcome = '', search = null,
        state = 'archived', keep_until = null, version = version + 1 where id = p_case;
end $$;

create or replace function insight_counted(p_content jsonb) returns jsonb
language sql immutable set search_path = public, pg_temp as $$
    select coalesce(jsonb_object_agg(key, jsonb_array_length(value)), '{}')
    from jsonb_each(p_content) where jsonb_typeof(value) = 'array'
$$;

create or replace function insight_ids_in(p_content jsonb) returns uuid[]
language sql immutable set search_path = public, pg_temp as $$
    select coalesce(array_agg((item ->> 0)::uuid order by item ->> 0), '{}')
    from jsonb_each(p_content) kind, jsonb_array_elements(
        case jsonb_typeof(kind.value) when 'array' then kind.value else '[]' end) item
$$;

-- Carries out one approved request; gives back the id of the proof.
create or replace function insight_dispose(p_request uuid, p_entry bigint) returns uuid
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    r guard_twopersonrequest;
    c cases_case;
    content jsonb;
    gone text[] := '{}';
    asked_exchange uuid;
    asked_how text;
    pieces uuid[];
    proof uuid := gen_random_uuid();
begin
    select * into r from guard_twopersonrequest where id = p_request;
    if r.id is null or r.act <> 'disposal.propose' or r.outcome <> 'approved'
        or r.decided_by is distinct from guard_account() or r.decided_by = r.asked_by
        or not (r.visible_to = any (guard_keys()))
        or exists (select 1 from insight_disposal where request = r.id) then
        raise exception 'nothing is disposed of without a fresh approval by two persons'
            using errcode = 'insufficient_privilege';
    end if;
    select * into c from cases_case where id = (r.about ->> 'case')::uuid for update;
    if c.id is null or c.agency is distinct from guard_agency()
        or not (c.visible_to = any (guard_keys())) then
        raise exception 'there is no case of yours to dispose of'
            using errcode = 'insufficient_privilege';
    end if;
    asked_exchange := (r.about ->> 'exchange')::uuid;
    asked_how := coalesce(r.about ->> 'how', 'remove');
    if asked_exchange is null then
        if c.state <> 'archived' or c.keep_until is null
            or c.keep_until >= guard_day() or asked_how <> 'remove' then
            raise exception 'the case is not due' using errcode = 'insufficient_privilege';
        end if;
        content := insight_case_content(c.id);
        select coalesce(array_agg(id), '{}') into pieces from cases_sealedfile where case_id = c.id;
        gone := insight_only_here(pieces);
        pieces := insight_ids_in(content);
        perform insight_empty_case(c.id);
    else
        if not exists (select 1 from insight_due_received(asked_exchange, 1) d
            where d.case_id = c.id) then
            raise exception 'the delivery is not due' using errcode = 'insufficient_privilege';
        end if;
        content := jsonb_build_object(
            'facts', (select jsonb_agg(jsonb_build_array(id, text, source) order by id)
                from cases_fact where disclosure = asked_exchange and case_id = c.id),
            'files', (select jsonb_agg(jsonb_build_array(id, name, sha256) order by id)
                from cases_sealedfile where disclosure = asked_exchange and case_id = c.id),
            'receipts', (select jsonb_agg(jsonb_build_array(id, words) order by id)
                from disclosures_receipt where exchange = asked_exchange and case_id = c.id));
        pieces := insight_ids_in(content);
        if asked_how = 'lock' then
            update cases_fact set state = 'locked', visible_to = '-'
                where disclosure = asked_exchange and case_id = c.id;
            update cases_sealedfile set state = 'locked', visible_to = '-'
                where disclosure = asked_exchange and case_id = c.id;
        else
            gone := insight_only_here(array(select id from cases_sealedfile
                where disclosure = asked_exchange and case_id = c.id));
            update cases_fact set text = '', source = '', search = null, state = 'disposed'
                where disclosure = asked_exchange and case_id = c.id;
            update cases_sealedfile set name = '', sha256 = '', stored_as = '', shown_as = '{}',
                warnings = '[]', search = null, state = 'disposed'
                where disclosure = asked_exchange and case_id = c.id;
            update disclosures_receipt set words = ''
                where exchange = asked_exchange and case_id = c.id;
        end if;
    end if;
    insert into insight_disposal (id, visible_to, request, agency, case_id, exchange, how, number,
        reason, counts, objects, digest, files, proposed_by_name, proposed_at, decided_by_name,
        decided_at, entry)
    values (proof, c.visible_to, r.id, c.agency, c.id, asked_exchange, asked_how, c.number,
        r.reason, insight_counted(content), pieces,
        encode(sha256(convert_to(content::text, 'UTF8')), 'hex'), gone, r.asked_by_name,
        r.asked_at, r.decided_by_name, r.decided_at, p_entry);
    return proof;
end $$;
alter function insight_dispose(uuid, bigint) owner to samsyn_exchange;
revoke all on function insight_dispose(uuid, bigint) from public;
grant execute on function insight_dispose(uuid, bigint) to samsyn_web;

-- The steps are taken within the function alone.
do $$
declare
    inner_one regprocedure;
begin
    for inner_one in select p.oid::regprocedure from pg_proc p
        where p.pronamespace = 'public'::regnamespace and p.proname in ('insight_only_here',
            'insight_case_content', 'insight_entities_of', 'insight_empty_case')
    loop
        execute format('revoke all on function %s from public', inner_one);
        execute format('grant execute on function %s to samsyn_exchange', inner_one);
    end loop;
end $$;
