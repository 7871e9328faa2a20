-- What stands out in the log of an agency, one function for each rule of
-- rulebook/se/organisation/anomalies.yaml. Each is given the agency, the period and the rule's
-- thresholds, and gives: who, from when until when, how many, the first and the last entry, and an
-- id it is about. Nobody but insight_anomalies calls them, and that only for the asker's agency.

-- Ids in the log's list of objects.
create or replace function insight_ids(objects text) returns setof uuid language sql immutable
set search_path = public, pg_temp as $$
    select case when o ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then o::uuid end
    from regexp_split_to_table(objects, ' ') o
$$;

create or replace function insight_listed(list jsonb) returns text[] language sql immutable
set search_path = public, pg_temp as $$
    select coalesce(array(select jsonb_array_elements_text(list)), '{}')
$$;

create or replace function insight_local(at timestamptz) returns timestamp language sql stable
set search_path = public, pg_temp as $$ select at at time zone 'Europe/Stockholm' $$;

-- Which persons somebody looked at: directly, or a fact about them.
create or replace function insight_persons_seen(
    p_agency text, p_from timestamptz, p_to timestamptz, p_acts text[]
) returns table (entry bigint, at timestamptz, account uuid, entity uuid, name text)
language sql stable set search_path = public, pg_temp as $$
    with touched as (
        select e.id, e.at, e.account, o.id as object
        from guard_log_entry e cross join lateral insight_ids(e.objects) o (id)
        where e.agency = p_agency and e.at >= p_from and e.at < p_to and e.act = any (p_acts)
            and e.account is not null and e.objects <> ''
    ),
    entities as (
        select t.id, t.at, t.account, t.object from touched t
        union
        select t.id, t.at, t.account, f.entity_id from touched t join cases_fact f on f.id = t.object
            where f.entity_id is not null
    )
    select n.id, n.at, n.account, r.id, r.name::text from entities n
    join registry_entity r on r.id = n.object
    where r.kind = 'person' and split_part(r.visible_to, '/', 1) = p_agency
$$;

create or replace function insight_rule_outside_case(
    p_agency text, p_from timestamptz, p_to timestamptz, t jsonb
) returns table (account uuid, first_at timestamptz, last_at timestamptz, n bigint,
    first_entry bigint, last_entry bigint, about text)
language sql stable set search_path = public, pg_temp as $$
    select e.account, min(e.at), max(e.at), count(*), min(e.id), max(e.id), ''
    from guard_log_entry e
    where e.agency = p_agency and e.at >= p_from and e.at < p_to and e.case_id is null
        and e.account is not null and e.act = any (insight_listed(t -> 'acts'))
        and not (e.detail = any (insight_listed(t -> 'lists')))
    group by e.account, insight_local(e.at)::date
    having count(*) >= (t ->> 'at_least')::int
$$;

create or replace function insight_rule_odd_hours(
    p_agency text, p_from timestamptz, p_to timestamptz, t jsonb
) returns table (account uuid, first_at timestamptz, last_at timestamptz, n bigint,
    first_entry bigint, last_entry bigint, about text)
language sql stable set search_path = public, pg_temp as $$
    select e.account, min(e.at), max(e.at), count(*), min(e.id), max(e.id), ''
    from guard_log_entry e
    where e.agency = p_agency and e.at >= p_from and e.at < p_to and e.account is not null
        and e.act = any (insight_listed(t -> 'acts'))
        and (extract(hour from insight_local(e.at)) < (t ->> 'day_begins')::int
            or extract(hour from insight_local(e.at)) >= (t ->> 'day_ends')::int
            or extract(isodow from insight_local(e.at)) in (6, 7))
    group by e.account, insight_local(e.at)::date
    having count(*) >= (t ->> 'at_least')::int
$$;

create or replace function insight_rule_many_cases(
    p_agency text, p_from timestamptz, p_to timestamptz, t jsonb
) returns table (account uuid, first_at timestamptz, last_at timestamptz, n bigint,
    first_entry bigint, last_entry bigint, about text)
language sql stable set search_path = public, pg_temp as $$
    select e.account, min(e.at), max(e.at), count(distinct e.case_id), min(e.id), max(e.id), ''
    from guard_log_entry e
    where e.agency = p_agency and e.at >= p_from and e.at < p_to and e.account is not null
        and e.case_id is not null and e.act = any (insight_listed(t -> 'acts'))
    group by e.account, date_bin(make_interval(mins => (t ->> 'minutes')::int), e.at, p_from)
    having count(distinct e.case_id) >= (t ->> 'at_least')::int
$$;

-- Numbers that follow each other, without their check digit, in the order they were looked at.
create or replace function insight_rule_number_sequence(
    p_agency text, p_from timestamptz, p_to timestamptz, t jsonb
) returns table (account uuid, first_at timestamptz, last_at timestamptz, n bigint,
    first_entry bigint, last_entry bigint, about text)
language sql stable set search_path = public, pg_temp as $$
    with looked as (
        select e.id, e.at, e.account,
            min(div(regexp_replace(r.number, '\D', '', 'g')::numeric, 10)) as number
        from guard_log_entry e cross join lateral insight_ids(e.objects) o (id)
        join registry_entity r on r.id = o.id
        where e.agency = p_agency and e.at >= p_from and e.at < p_to and e.account is not null
            and e.act = any (insight_listed(t -> 'acts')) and e.objects <> ''
            and r.number ~ '\d' and split_part(r.visible_to, '/', 1) = p_agency
        group by e.id, e.at, e.account
        having count(distinct r.number) = 1
    ),
    steps as (
        select l.*, case when l.number - lag(l.number) over w
                between 1 and (t ->> 'largest_step')::int then 0 else 1 end as begins
        from looked l window w as (partition by l.account order by l.id)
    ),
    runs as (
        select s.*, sum(s.begins) over (partition by s.account order by s.id) as run from steps s
    )
    select r.account, min(r.at), max(r.at), count(*), min(r.id), max(r.id), ''
    from runs r group by r.account, r.run having count(*) >= (t ->> 'at_least')::int
$$;

create or replace function insight_rule_empty_searches(
    p_agency text, p_from timestamptz, p_to timestamptz, t jsonb
) returns table (account uuid, first_at timestamptz, last_at timestamptz, n bigint,
    first_entry bigint, last_entry bigint, about text)
language sql stable set search_path = public, pg_temp as $$
    select e.account, min(e.at), max(e.at), count(*), min(e.id), max(e.id), ''
    from guard_log_entry e
    where e.agency = p_agency and e.at >= p_from and e.at < p_to and e.account is not null
        and e.act = any (insight_listed(t -> 'acts')) and e.objects = ''
        and not (e.detail = any (insight_listed(t -> 'lists')))
    group by e.account, date_bin(make_interval(mins => (t ->> 'minutes')::int), e.at, p_from)
    having count(*) >= (t ->> 'at_least')::int
$$;

create or replace function insight_rule_role_end(
    p_agency text, p_from timestamptz, p_to timestamptz, t jsonb
) returns table (account uuid, first_at timestamptz, last_at timestamptz, n bigint,
    first_entry bigint, last_entry bigint, about text)
language sql stable set search_path = public, pg_temp as $$
    select s.account, min(s.at), max(s.at), count(distinct s.entry), min(s.entry), max(s.entry),
        r.id::text
    from guard_roleassignment r
    join insight_persons_seen(p_agency, p_from, p_to, insight_listed(t -> 'acts')) s
        on s.account = r.account_id
    where r.agency = p_agency and r.to_day is not null
        and insight_local(s.at)::date between r.to_day - (t ->> 'days_before')::int
            and r.to_day + (t ->> 'days_after')::int
    group by s.account, r.id, insight_local(s.at)::date
    having count(distinct s.entry) >= (t ->> 'at_least')::int
$$;

-- The last word of both names, in small letters. Says little: many share a name.
create or replace function insight_rule_same_surname(
    p_agency text, p_from timestamptz, p_to timestamptz, t jsonb
) returns table (account uuid, first_at timestamptz, last_at timestamptz, n bigint,
    first_entry bigint, last_entry bigint, about text)
language sql stable set search_path = public, pg_temp as $$
    select s.account, min(s.at), max(s.at), count(distinct s.entry), min(s.entry), max(s.entry),
        s.entity::text
    from insight_persons_seen(p_agency, p_from, p_to, insight_listed(t -> 'acts')) s
    join guard_account a on a.id = s.account
    where lower(substring(trim(a.name) from '\S+$')) = lower(substring(trim(s.name) from '\S+$'))
        and length(substring(trim(s.name) from '\S+$')) >= (t ->> 'letters')::int
    group by s.account, s.entity, insight_local(s.at)::date
    having count(distinct s.entry) >= (t ->> 'at_least')::int
$$;

create or replace function insight_rule_refused_often(
    p_agency text, p_from timestamptz, p_to timestamptz, t jsonb
) returns table (account uuid, first_at timestamptz, last_at timestamptz, n bigint,
    first_entry bigint, last_entry bigint, about text)
language sql stable set search_path = public, pg_temp as $$
    select e.account, min(e.at), max(e.at), count(*), min(e.id), max(e.id), ''
    from guard_log_entry e
    where e.agency = p_agency and e.at >= p_from and e.at < p_to and e.account is not null
        and e.act = any (insight_listed(t -> 'acts'))
    group by e.account, date_bin(make_interval(mins => (t ->> 'minutes')::int), e.at, p_from)
    having count(*) >= (t ->> 'at_least')::int
$$;

create or replace function insight_rule_decided_fast(
    p_agency text, p_from timestamptz, p_to timestamptz, t jsonb
) returns table (account uuid, first_at timestamptz, last_at timestamptz, n bigint,
    first_entry bigint, last_entry bigint, about text)
language sql stable set search_path = public, pg_temp as $$
    select d.decided_by, d.made_at, d.decided_at,
        round(extract(epoch from d.decided_at - d.made_at))::bigint, d.entry, d.entry, d.id::text
    from disclosures_disclosure d
    where d.agency = p_agency and d.decided_at >= p_from and d.decided_at < p_to
        and d.state in ('delivered', 'recalled') and d.entry is not null
        and d.decided_at - d.made_at < make_interval(secs => (t ->> 'seconds')::int)
$$;

-- Acts of which each one is shown.
create or replace function insight_rule_each(
    p_agency text, p_from timestamptz, p_to timestamptz, t jsonb
) returns table (account uuid, first_at timestamptz, last_at timestamptz, n bigint,
    first_entry bigint, last_entry bigint, about text)
language sql stable set search_path = public, pg_temp as $$
    select e.account, e.at, e.at, 1, e.id, e.id,
        coalesce((select o::text from insight_ids(e.objects) o where o is not null limit 1), '')
    from guard_log_entry e
    where e.agency = p_agency and e.at >= p_from and e.at < p_to
        and e.act = any (insight_listed(t -> 'acts'))
$$;

-- All rules at once: [{"code": ..., "rule": ..., "with": {...}}, ...], the latest first.
create or replace function insight_anomalies(
    p_from timestamptz, p_to timestamptz, p_rules jsonb, p_most int
) returns table (code text, account uuid, first_at timestamptz, last_at timestamptz, n bigint,
    first_entry bigint, last_entry bigint, about text)
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
    asked record;
begin
    if not insight_examines() then
        raise exception 'the log is examined by an auditor of the agency'
            using errcode = 'insufficient_privilege';
    end if;
    for asked in select r ->> 'code' as code, r ->> 'rule' as rule, r -> 'with' as thresholds
        from jsonb_array_elements(p_rules) r
    loop
        return query execute format(
            'select %L::text, f.* from public.%I($1, $2, $3, $4) f '
            'order by f.first_at desc, f.first_entry desc limit $5',
            asked.code, 'insight_rule_' || asked.rule)
            using guard_agency(), p_from, p_to, asked.thresholds, p_most;
    end loop;
end $$;
alter function insight_anomalies(timestamptz, timestamptz, jsonb, int) owner to samsyn_insight;
revoke all on function insight_anomalies(timestamptz, timestamptz, jsonb, int) from public;
grant execute on function insight_anomalies(timestamptz, timestamptz, jsonb, int) to samsyn_web;

do $$
declare
    inner_one regprocedure;
begin
    for inner_one in select p.oid::regprocedure from pg_proc p
        where p.pronamespace = 'public'::regnamespace
            and (p.proname like 'insight\_rule\_%' or p.proname = 'insight_persons_seen')
    loop
        execute format('revoke all on function %s from public', inner_one);
        execute format('grant execute on function %s to samsyn_insight', inner_one);
    end loop;
end $$;
