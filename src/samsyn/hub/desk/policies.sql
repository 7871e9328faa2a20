-- Search: which rows with these words may the actor of this transaction see?
--
-- Under row policies "@@" is no leakproof operator, so a question of the web role would read every
-- row of its agency. The functions below see all rows, read the signed context themselves, and
-- give back ids and times of rows that the row policies would show: those policies stand here a
-- second time, word for word, and a test compares the two. The page then fetches the rows by id
-- through both fences.
--
-- INVARIANT: nothing of what is asked of a person's own rows depends on what others have. Each
-- key has words of its own in the index, so neither an answer, nor a count, nor the time it takes
-- tells of rows one may not see.

-- What the words of a key begin with in the index.
create or replace function desk_mark(key text) returns text
language sql immutable parallel safe as $$
    select lpad(to_hex(hashtextextended(key, 7301) & 1099511627775), 10, '0')
$$;

-- The words of a row as they stand in the index, each behind the mark of the row's key. Words are
-- of a-z and 0-9, so that in the text of a tsvector a quote only begins or ends one.
create or replace function desk_words(key text, search tsvector) returns tsvector
language sql immutable parallel safe as $$
    select ('''' || public.desk_mark(key) || substr(
        replace(nullif(search::text, ''), ' ''', ' ''' || public.desk_mark(key)), 2))::tsvector
$$;

-- A question (words with alternatives, as samsyn.kernel.search_words writes them) to one key.
create or replace function desk_asked(key text, parts text[]) returns tsquery
language sql immutable parallel safe as $$
    select regexp_replace(array_to_string(parts, ' & '), '([a-z0-9]+)', public.desk_mark(key) || '\1',
        'g')::tsquery
$$;

-- What came from others is bound to its matter and is looked for within a case only, row by row.
create index if not exists desk_case on cases_case
    using gin (desk_words(visible_to, search)) with (gin_pending_list_limit = 256);
create index if not exists desk_fact on cases_fact
    using gin (desk_words(visible_to, search)) with (gin_pending_list_limit = 256)
    where bound_matter is null;
create index if not exists desk_entity on registry_entity
    using gin (desk_words(visible_to, search)) with (gin_pending_list_limit = 256)
    where bound_matter is null;
create index if not exists desk_file on cases_sealedfile
    using gin (desk_words(visible_to, search)) with (gin_pending_list_limit = 256)
    where bound_matter is null;
create index if not exists desk_question on disclosures_question
    using gin (desk_words(visible_to, search)) with (gin_pending_list_limit = 256);

-- The role that looks: it reads, and reads only what is looked through.
do $do$
declare
    looked_through text;
begin
    foreach looked_through in array array['cases_case', 'cases_fact', 'registry_entity',
        'cases_sealedfile', 'disclosures_question', 'cases_casesubject']
    loop
        execute format('grant select on %I to samsyn_search', looked_through);
        execute format('drop policy if exists searched on %I', looked_through);
        execute format('create policy searched on %I for select to samsyn_search using (true)',
            looked_through);
    end loop;
end $do$;

-- One function a kind, so that the database keeps its plans. Each goes one of three ways:
--   within a case    its rows one by one: they are few, and what came from others is among them;
--   usual words      the newest rows one by one, until there are enough;
--   rare words       the index, which gives all of them, to be put in order.
-- A look at the newest rows tells which of the last two. Counts stop at a thousand (`more`).
do $do$
declare
    k record;
begin
    for k in select * from (values
        ('desk_search_case', 'cases_case', 'changed_at', 'state', 'true', 'true', 't.id = of_case'),
        ('desk_search_fact', 'cases_fact', 'made_at', 'state', 'desk_bound', 'desk_free',
            't.case_id = of_case'),
        ('desk_search_entity', 'registry_entity', 'made_at', 'kind', 'desk_bound', 'desk_free',
            't.id in (select s.entity_id from cases_casesubject s where s.case_id = of_case '
            'and s.visible_to = any (keys) union select f.entity_id from cases_fact f '
            'where f.case_id = of_case and f.visible_to = any (keys) '
            'and (f.valid_to is null or f.valid_to >= today) and (f.bound_matter is null '
            'or (f.bound_matter = matter and f.bound_purpose = purpose)))'),
        ('desk_search_file', 'cases_sealedfile', 'made_at', 'state', 'desk_bound', 'desk_free',
            't.case_id = of_case'),
        ('desk_search_question', 'disclosures_question', 'made_at', 'state', 'true', 'true',
            't.case_id = of_case')
    ) as kinds(name, looked_through, made, state, bound, free, in_case)
    loop
        execute format($template$
create or replace function %1$s(
    asked text[], keys text[], today date, matter uuid, purpose text, of_case uuid, states text[],
    wanted int
) returns table (id uuid, at timestamptz, hits int, more boolean)
language plpgsql stable set search_path = public, pg_temp
set enable_seqscan = off set jit = off set plan_cache_mode = force_generic_plan as $f$
declare
    glance constant int := 250;
    near constant int := least(500 + 50 * wanted, 6000);
    far constant int := least(500 + 100 * wanted, 6000);
    cap constant int := 1000;
    everything constant tsquery := array_to_string(asked, ' & ')::tsquery;
    newest tsvector[];
    met int;
    reach int := near;
    found uuid[];
    found_at timestamptz[];
    read int;
    indexed text[] := asked;
begin
    if of_case is not null then
        return query
            select t.id, t.%3$s, least(count(*) over (), cap)::int, count(*) over () > cap
            from %2$s t
            where %7$s and t.visible_to = any (keys) and %5$s and t.search @@ everything
                and (states is null or t.%4$s = any (states))
            order by 2 desc, 1 limit wanted;
        return;
    end if;

    newest := array(
        select n.search from unnest(keys) as held(key) cross join lateral (
            select t.search, t.%3$s as at from %2$s t
            where t.visible_to = held.key and %6$s order by t.%3$s desc limit glance
        ) n order by n.at desc limit glance);
    met := (select count(*) from unnest(newest) n(search) where n.search @@ everything);
    if cardinality(newest) < glance or met >= greatest(3, wanted * glance / far) then
        -- So far back as two and a half times the wanted rows should be found.
        if met > 0 then
            reach := greatest(near, least(far, 5 * wanted * glance / (2 * met)));
        end if;
        with looked_at as materialized (
            select n.* from unnest(keys) as held(key) cross join lateral (
                select t.id, t.%3$s as at, t.search @@ everything
                    and (states is null or t.%4$s = any (states)) as hit
                from %2$s t
                where t.visible_to = held.key and %6$s order by t.%3$s desc limit reach
            ) n order by n.at desc limit reach
        ), hit as (select l.id, l.at from looked_at l where l.hit order by l.at desc, l.id)
        select count(*), array_agg(h.id), array_agg(h.at), (select count(*) from looked_at)
        into met, found, found_at, read from hit h;
        if met >= wanted or read < reach then
            return query select f.id, f.at, least(met, cap), met > cap or read = reach
                from unnest(found, found_at) f(id, at) limit wanted;
            return;
        end if;
    end if;

    -- Where one word is rare, what many rows have narrows nothing; it is asked of the rows left.
    if cardinality(asked) > 1 then
        indexed := (
            select array_agg(p.part) filter (where p.had < glance / 10 or p.least > 1)
            from (
                select a.part, h.had, min(h.had) over () as least
                -- Read once, not once for each row.
                from (select u.part, u.part::tsquery as query from unnest(asked) u(part) offset 0) a,
                    lateral (select count(*) as had from unnest(newest) n(search)
                        where n.search @@ a.query) h
            ) p);
    end if;
    return query
        with met_by as materialized (
            select g.* from unnest(keys) as held(key) cross join lateral (
                select t.id, t.%3$s as at, t.visible_to from %2$s t
                where desk_words(t.visible_to, t.search) @@ desk_asked(held.key, indexed) and %6$s
                    and (cardinality(indexed) = cardinality(asked) or t.search @@ everything)
                    and (states is null or t.%4$s = any (states))
                -- A fence for the planner: each key asks the index by itself, and it alone.
                offset 0
            ) g
        )
        select m.id, m.at, least(count(*) over (), cap)::int, count(*) over () > cap
        from met_by m where m.visible_to = any (keys) order by m.at desc, m.id limit wanted;
end $f$;
alter function %1$s(text[], text[], date, uuid, text, uuid, text[], int) owner to samsyn_search;
revoke all on function %1$s(text[], text[], date, uuid, text, uuid, text[], int) from public;
$template$,
            k.name, k.looked_through, k.made, k.state,
            case when k.bound = 'true' then 'true' else '(t.valid_to is null or t.valid_to >= '
                'today) and (t.bound_matter is null or (t.bound_matter = matter and '
                't.bound_purpose = purpose))' end,
            case when k.free = 'true' then 'true' else 't.bound_matter is null and '
                '(t.valid_to is null or t.valid_to >= today)' end,
            k.in_case);
    end loop;
end $do$;

-- Looks for one question in some kinds of rows, as the actor of the signed context.
--   query     from samsyn.kernel.search_words.to_tsquery_text
--   kinds     case, fact, entity, file, question
--   of_case   only in this case, where what others gave for its purpose is found too; null: outside
--   states    only rows in one of these states (of an entity: of one of these kinds); null: all
-- Gives the newest rows of each kind; `hits` is how many there are, at least that many if `more`.
create or replace function desk_search(
    query text, kinds text[], of_case uuid, states text[], wanted int
) returns table (kind text, id uuid, at timestamptz, hits int, more boolean)
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
    keys constant text[] := guard_keys();
    today constant date := guard_day();
    matter constant uuid := guard_matter();
    purpose constant text := guard_purpose_group();
    asked constant text[] := string_to_array(query, ' & ');
    most constant int := least(greatest(wanted, 0), 200);
begin
    if cardinality(keys) = 0 or coalesce(query, '') = '' then
        return;
    end if;
    if 'case' = any (kinds) then
        return query select 'case', f.* from desk_search_case(
            asked, keys, today, matter, purpose, of_case, states, most) f;
    end if;
    if 'fact' = any (kinds) then
        return query select 'fact', f.* from desk_search_fact(
            asked, keys, today, matter, purpose, of_case, states, most) f;
    end if;
    if 'entity' = any (kinds) then
        return query select 'entity', f.* from desk_search_entity(
            asked, keys, today, matter, purpose, of_case, states, most) f;
    end if;
    if 'file' = any (kinds) then
        return query select 'file', f.* from desk_search_file(
            asked, keys, today, matter, purpose, of_case, states, most) f;
    end if;
    if 'question' = any (kinds) then
        return query select 'question', f.* from desk_search_question(
            asked, keys, today, matter, purpose, of_case, states, most) f;
    end if;
end $$;
alter function desk_search(text, text[], uuid, text[], int) owner to samsyn_search;
revoke all on function desk_search(text, text[], uuid, text[], int) from public;
grant execute on function desk_search(text, text[], uuid, text[], int) to samsyn_web;
