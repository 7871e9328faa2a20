-- What stands out in the log of an agency, one function for each rule of
-- rulebook/se/organisation/anomalies.yaml. Each is given the agency, the period and the rule's
-- thresholds, and gives: who, from when until when, how many, the first and the last entry, and an
-- id it is about. Nobody but insight_anomalies calls them, and that only for the asker's agency.

-- The ids among the words of the log's list of objects; null for another word. These three are
-- without a search path of their own, so that they become a part of the statement and are not
-- called for each row.
do $do$
begin
    -- A regular expression takes many times as long; before PostgreSQL 16 nothing else is safe.
    execute format('create or replace function insight_id(word text) returns uuid '
        'language sql immutable as $$ select case when %s then word::uuid end $$',
        case when current_setting('server_version_num')::int >= 160000
            then 'octet_length(word) = 36 and pg_input_is_valid(word, ''uuid'')'
            else 'word ~ ''^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$''' end);
end $do$;

create or replace function insight_listed(list jsonb) returns text[] language sql immutable
as $$
    select coalesce(array(select jsonb_array_elements_text(list)), '{}')
$$;

create or replace function insight_local(at timestamptz) returns timestamp language sql stable
as $$ select at at time zone 'Europe/Stockholm' $$;

-- What some people looked at, each look with each word of its list of objects.
-- p_accounts: only these people; null: everybody.
create or replace function insight_looks(
    p_agency text, p_from timestamptz, p_to timestamptz, p_acts text[], p_accounts uuid[]
) returns table (entry bigint, at timestamptz, account uuid, word text)
language sql stable rows 10000 set search_path = public, pg_temp as $$
    select e.id, e.at, e.account, o.word
    from guard_log_entry e cross join lateral string_to_table(e.objects, ' ') o (word)
    where e.agency = p_agency and e.act = any (p_acts) and e.at >= p_from and e.at < p_to
        and e.account is not null and e.objects <> ''
        and (p_accounts is null or e.account = any (p_accounts))
$$;

-- Which persons somebody looked at: directly, or a fact about them. What was looked at is fetched
-- row by row and once, however often it was looked at: a period touches few of all rows.
create or replace function insight_persons_seen(
    p_agency text, p_from timestamptz, p_to timestamptz, p_acts text[], p_accounts uuid[]
) returns table (entry bigint, at timestamptz, account uuid, entity uuid, name text)
language sql stable set search_path = public, pg_temp as $$
    with looked as materialized (
        select * from insight_looks(p_agency, p_from, p_to, p_acts, p_accounts)
    ),
    objects as materialized (
        select d.word, insight_id(d.word) as id from (select distinct l.word from looked l) d
    ),
    persons as materialized (
        select o.word, r.id, r.name from objects o
        cross join lateral (
            select e.id, e.name::text, e.kind, e.visible_to from registry_entity e
                where e.id = o.id
            union all
            select e.id, e.name, e.kind, e.visible_to from cases_fact f
                join registry_entity e on e.id = f.entity_id where f.id = o.id
        ) r
        where r.kind = 'person' and split_part(r.visible_to, '/', 1) = p_agency
    )
    select distinct l.entry, l.at, l.account, p.id, p.name
    from looked l join persons p on p.word = l.word
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
    with seen as materialized (
        select * from insight_looks(p_agency, p_from, p_to, insight_listed(t -> 'acts'), null)
    ),
    objects as materialized (
        select d.word, insight_id(d.word) as id from (select distinct s.word from seen s) d
    ),
    numbers as materialized (
        select o.word, r.number, div(regexp_replace(r.number, '\D', '', 'g')::numeric, 10) as short
        from objects o
        cross join lateral (
            select e.number, e.visible_to from registry_entity e where e.id = o.id offset 0
        ) r
        where r.number ~ '\d' and split_part(r.visible_to, '/', 1) = p_agency
    ),
    looked as (
        select s.entry as id, s.at, s.account, min(n.short) as number
        from seen s join numbers n on n.word = s.word
        group by s.entry, s.at, s.account
        having count(distinct n.number) = 1
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
    join insight_persons_seen(p_agency, p_from, p_to, insight_listed(t -> 'acts'), array(
            select e.account_id from guard_roleassignment e
            where e.agency = p_agency and e.to_day between
                insight_local(p_from)::date - (t ->> 'days_after')::int
                and insight_local(p_to)::date + (t ->> 'days_before')::int)) s
        on s.account = r.account_id
    where r.agency = p_agency and r.to_day is not null
        and insight_local(s.at)::date between r.to_day - (t ->> 'days_before')::int
            and r.to_day + (t ->> 'days_after')::int
    group by s.account, r.id, insight_local(s.at)::date
    having count(distinct s.entry) >= (t ->> 'at_least')::int
$$;

-- The last word of a name, in small letters; and persons of each agency by it.
create or replace function insight_surname(name text) returns text language sql immutable
as $$ select lower(substring(trim(name) from '\S+$')) $$;

create index if not exists insight_namesake on registry_entity
    (split_part(visible_to, '/', 1), insight_surname(name)) where kind = 'person';

-- Says little: many share a name. Begins with the namesakes, who are few: what was looked at is
-- fetched for those alone who have some.
create or replace function insight_rule_same_surname(
    p_agency text, p_from timestamptz, p_to timestamptz, t jsonb
) returns table (account uuid, first_at timestamptz, last_at timestamptz, n bigint,
    first_entry bigint, last_entry bigint, about text)
language sql stable set search_path = public, pg_temp as $$
    with looked as materialized (
        select * from insight_looks(p_agency, p_from, p_to, insight_listed(t -> 'acts'), null)
    ),
    namesakes as materialized (
        select a.id as account, e.id as entity
        from (select distinct l.account from looked l) d
        join guard_account a on a.id = d.account
        cross join lateral (
            select r.id from registry_entity r
            where r.kind = 'person' and split_part(r.visible_to, '/', 1) = p_agency
                and insight_surname(r.name) = insight_surname(a.name)
            offset 0
        ) e
        where length(insight_surname(a.name)) >= (t ->> 'letters')::int
    ),
    theirs as materialized (
        select l.* from looked l where l.account in (select k.account from namesakes k)
    ),
    objects as materialized (
        select d.word, insight_id(d.word) as id from (select distinct s.word from theirs s) d
    ),
    meant as materialized (
        select k.account, k.entity, m.word
        from (
            select o.word, o.id as entity from objects o
            union all
            select o.word, f.entity from objects o
            cross join lateral (
                select c.entity_id as entity from cases_fact c where c.id = o.id offset 0
            ) f
        ) m
        join namesakes k on k.entity = m.entity
    )
    select s.account, min(s.at), max(s.at), count(distinct s.entry), min(s.entry), max(s.entry),
        m.entity::text
    from theirs s join meant m on m.word = s.word and m.account = s.account
    group by s.account, m.entity, insight_local(s.at)::date
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
        coalesce((select w from string_to_table(e.objects, ' ') w
            where insight_id(w) is not null limit 1), '')
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
            and (p.proname like 'insight\_rule\_%'
                or p.proname in ('insight_persons_seen', 'insight_looks'))
    loop
        execute format('revoke all on function %s from public', inner_one);
        execute format('grant execute on function %s to samsyn_insight', inner_one);
    end loop;
end $$;
