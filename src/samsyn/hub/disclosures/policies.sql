-- What passes between agencies. Each side has rows of its own; only the functions below carry
-- anything from one to the other, and each of them looks at the decision first.

call guard_own_rows('disclosures_question');
grant select, insert on disclosures_question to samsyn_web;
grant update (state, case_id, text, due_on, about, entity, sent_at, ended_at, answer_words,
    refusal_grounds, law, search, visible_to, question_set, items) on disclosures_question
    to samsyn_web;

call guard_own_rows('disclosures_disclosure');
grant select, insert, update on disclosures_disclosure to samsyn_web;

call guard_own_rows('disclosures_disclosedfact');
grant select, insert, update on disclosures_disclosedfact to samsyn_web;
create or replace function disclosures_seen(p_disclosure uuid) returns boolean
language plpgsql stable cost 1 set search_path = public, pg_temp as $$
begin
    return exists (select 1 from disclosures_disclosure d where d.id = p_disclosure);
end $$;
call guard_one_case('disclosures_disclosedfact', 'disclosures_seen(disclosure_id)');

call guard_own_rows('disclosures_receipt');
grant select on disclosures_receipt to samsyn_web;
grant update (visible_to, ended_on) on disclosures_receipt to samsyn_web;
grant update (ended_on) on disclosures_receipt to samsyn_worker;

call guard_own_rows('disclosures_review');
grant select, insert on disclosures_review to samsyn_web;
grant update (visible_to, state, decided_by, decided_by_name, decided_at, words, entry)
    on disclosures_review to samsyn_web;

call guard_own_rows('disclosures_precedent');
call guard_one_case('disclosures_precedent', 'false');
grant select, insert on disclosures_precedent to samsyn_web;
grant update (retired_at) on disclosures_precedent to samsyn_web;

call guard_own_rows('disclosures_obstacle');
grant select, insert on disclosures_obstacle to samsyn_web;
grant update (visible_to, needed_for, needed_words, consequence, consequence_words)
    on disclosures_obstacle to samsyn_web;

-- A review is signed once, by whoever signs it, and never by whoever asked for it.
create or replace function disclosures_review_signed() returns trigger language plpgsql as $$
begin
    if current_user = 'samsyn_exchange' then
        return new;
    end if;
    if old.state <> 'waiting'
        and (to_jsonb(new) - 'visible_to') is distinct from (to_jsonb(old) - 'visible_to') then
        raise exception 'a review that is done is not changed'
            using errcode = 'insufficient_privilege';
    end if;
    if new.state not in ('waiting', 'lapsed') and (new.decided_by is distinct from guard_account()
        or new.decided_by = old.asked_by) then
        raise exception 'a review is signed by another person than who asked for it'
            using errcode = 'insufficient_privilege';
    end if;
    return new;
end $$;
drop trigger if exists review_is_signed_once on disclosures_review;
create trigger review_is_signed_once before update on disclosures_review
    for each row execute function disclosures_review_signed();

-- What has been decided is not changed afterwards, only recalled.
create or replace function disclosures_final() returns trigger language plpgsql as $$
begin
    if old.state in ('delivered', 'recalled', 'refused') and current_user <> 'samsyn_exchange'
        and (to_jsonb(new) - 'visible_to') is distinct from (to_jsonb(old) - 'visible_to') then
        raise exception 'a decided disclosure is not changed'
            using errcode = 'insufficient_privilege';
    end if;
    -- INVARIANT: what a second person looks at, and what then leaves, is the same to the letter.
    if old.state = 'awaiting' and current_user <> 'samsyn_exchange' and (
        new.state not in ('awaiting', 'decided', 'draft')
        or (new.state <> 'draft' and (new.receiver, new.receiver_function, new.purpose,
            new.case_id, new.matter, new.question_id, new.told_title, new.told_words, new.weighing,
            new.facts_stated, new.valid_to, new.common, new.completes, new.countersign)
        is distinct from (old.receiver, old.receiver_function, old.purpose, old.case_id, old.matter,
            old.question_id, old.told_title, old.told_words, old.weighing, old.facts_stated,
            old.valid_to, old.common, old.completes, old.countersign))) then
        raise exception 'what awaits a second signature is not changed'
            using errcode = 'insufficient_privilege';
    end if;
    return new;
end $$;
drop trigger if exists decided_is_final on disclosures_disclosure;
create trigger decided_is_final before update on disclosures_disclosure
    for each row execute function disclosures_final();

create or replace function disclosures_item_final() returns trigger language plpgsql as $$
declare
    stands text;
begin
    select d.state into stands from disclosures_disclosure d where d.id = new.disclosure_id;
    if tg_op = 'INSERT' then
        if stands <> 'draft' then
            raise exception 'nothing is added to what is more than a draft'
                using errcode = 'insufficient_privilege';
        end if;
        return new;
    end if;
    if stands in ('delivered', 'recalled', 'refused') and current_user <> 'samsyn_exchange'
        and (to_jsonb(new) - 'visible_to') is distinct from (to_jsonb(old) - 'visible_to') then
        raise exception 'what was decided to be told is not changed'
            using errcode = 'insufficient_privilege';
    end if;
    if stands = 'awaiting' and current_user <> 'samsyn_exchange'
        and (new.fact_id, new.text, new.left_out, new.with_files, new.answers)
        is distinct from (old.fact_id, old.text, old.left_out, old.with_files, old.answers) then
        raise exception 'what awaits a second signature is not changed'
            using errcode = 'insufficient_privilege';
    end if;
    return new;
end $$;
drop trigger if exists decided_item_is_final on disclosures_disclosedfact;
create trigger decided_item_is_final before insert or update on disclosures_disclosedfact
    for each row execute function disclosures_item_final();

-- The key that a case's rows carry at an agency: its own, or that of its restricted case.
create or replace function disclosures_case_at(
    d disclosures_disclosure, p_series text, p_shape text, p_width int
) returns cases_case
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    found_case cases_case;
    given text;
begin
    select * into found_case from cases_case where agency = d.receiver and matter = d.matter;
    if found and found_case.state <> 'withdrawn' then
        return found_case;
    end if;
    given := cases_number_of(d.receiver, p_series, extract(year from guard_day())::int, p_shape,
        p_width);
    if found_case.id is not null then
        -- All that had told of it was taken back unread, so that it never arrived: what tells of
        -- the matter now begins it anew, with a number of its own. What lay in it stays closed.
        update cases_case set number = given, title = d.told_title, summary = d.told_words,
            visible_to = case when d.visible_to like '%/protection'
                then d.receiver || '/protection' else d.receiver end,
            state = 'told', told_by = d.agency, purpose = d.purpose, restricted = false,
            opened_on = guard_day(), changed_at = now(), version = version + 1,
            search = coalesce(d.told_search, '') || registry_number_words(given)
            where id = found_case.id returning * into found_case;
        return found_case;
    end if;
    insert into cases_case (id, visible_to, matter, agency, number, title, summary, state, origin,
        told_by, purpose, centre, restricted, opened_on, opened_by_name, outcome, version, search)
    -- What is told from a protection track arrives in one: nobody else may know of it there.
    values (gen_random_uuid(), case when d.visible_to like '%/protection'
            then d.receiver || '/protection' else d.receiver end, d.matter, d.receiver,
        given, d.told_title, d.told_words, 'told', 'told', d.agency, d.purpose, '', false, guard_day(),
        '', '', 1, coalesce(d.told_search, '') || registry_number_words(given))
    returning * into found_case;
    return found_case;
end $$;
alter function disclosures_case_at(disclosures_disclosure, text, text, int) owner to samsyn_exchange;
revoke all on function disclosures_case_at(disclosures_disclosure, text, text, int) from public;

-- Carries a decided disclosure to its receiver: exactly the decided texts, nothing else.
-- INVARIANT: every item that leaves rests on an outcome that opens it, and on a written weighing
-- where the law asks for one; the decision is that of the actor of this transaction.
create or replace function disclosures_deliver(
    p_disclosure uuid, p_entry bigint, p_series text, p_shape text, p_width int
) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    d disclosures_disclosure;
    there cases_case;
    closed text;
    carried int;
    came_as text;
begin
    select * into d from disclosures_disclosure where id = p_disclosure for update;
    if d.id is null or d.agency is distinct from guard_agency()
        or not (d.visible_to = any (guard_keys())) or d.decided_by is distinct from guard_account()
        or d.state <> 'decided' or d.receiver = d.agency then
        raise exception 'there is no decision of yours to carry out'
            using errcode = 'insufficient_privilege';
    end if;
    -- INVARIANT: where a second signature is asked for, it stands on this version and is another's.
    if d.countersign <> '' and not exists (
        select 1 from disclosures_review r where r.disclosure_id = d.id
        and r.kind = 'countersign' and r.rule = d.countersign and r.state = 'approved'
        and r.version = d.version - 1 and r.decided_by <> d.decided_by) then
        raise exception 'a second signature is missing' using errcode = 'insufficient_privilege';
    end if;
    -- INVARIANT: what leaves is the giver's own to see. A key that points to another agency's fact
    -- is no proof of that: keys are checked past the row policies.
    if exists (select 1 from disclosures_disclosedfact i join cases_fact f on f.id = i.fact_id
        where i.disclosure_id = d.id and not i.left_out
        and (f.agency <> d.agency or not (f.visible_to = any (guard_keys())))) then
        raise exception 'an item is not yours to tell' using errcode = 'insufficient_privilege';
    end if;
    -- INVARIANT: what another agency gave is passed on in its matter, for its purpose, within its
    -- days; and so is what builds on it.
    if exists (select 1 from disclosures_disclosedfact i join cases_fact f on f.id = i.fact_id
        where i.disclosure_id = d.id and not i.left_out and f.bound_matter is not null
        and (f.bound_matter <> d.matter or f.bound_purpose <> d.purpose_group
            or (f.valid_to is not null and (d.valid_to is null or d.valid_to > f.valid_to)))) then
        raise exception 'an item is bound to another matter, purpose or time'
            using errcode = 'insufficient_privilege';
    end if;
    there := disclosures_case_at(d, p_series, p_shape, p_width);
    select i.outcome into closed from disclosures_disclosedfact i
        where i.disclosure_id = d.id and not i.left_out
        and not (i.outcome in ('must', 'may', 'public') or (i.outcome = 'may_after_balancing'
            and d.weighing_outcome = 'for' and d.weighing <> '')) limit 1;
    if found then
        raise exception 'the law does not open this item (%)', closed
            using errcode = 'insufficient_privilege';
    end if;
    -- All at once, however many: each item is given the id of its copy, then the copies are made.
    update disclosures_disclosedfact i set copy = gen_random_uuid()
        where i.disclosure_id = d.id and not i.left_out;
    get diagnostics carried = row_count;
    with wanted as (
        -- What lies in the protection track arrives in the protection track.
        select distinct on (o.kind, o.number, o.name, k.key_there) o.*, k.key_there
        from disclosures_disclosedfact i join cases_fact f on f.id = i.fact_id
        join registry_entity o on o.id = f.entity_id
        cross join lateral (select case when f.visible_to like '%/protection'
            then d.receiver || '/protection' else there.visible_to end as key_there) k
        where i.disclosure_id = d.id and not i.left_out
        order by o.kind, o.number, o.name, k.key_there, o.id
    )
    insert into registry_entity (id, visible_to, received_from, bound_matter, bound_purpose,
        valid_to, kind, name, number, number_kind, certain, protected, address, municipality, note,
        search)
    select gen_random_uuid(), w.key_there, d.agency, d.matter, d.purpose_group, d.valid_to, w.kind,
        w.name, w.number, w.number_kind, w.certain, w.protected, '', '', '', w.search
    from wanted w where not exists (select 1 from registry_entity e
        where e.visible_to = w.key_there and e.kind = w.kind and e.name = w.name
        and e.number = w.number and e.received_from = d.agency and e.bound_matter = d.matter
        and e.bound_purpose = d.purpose_group and e.valid_to is not distinct from d.valid_to);
    with leaving as (
        select i.id, f.entity_id, case when f.visible_to like '%/protection'
            then d.receiver || '/protection' else there.visible_to end as key_there
        from disclosures_disclosedfact i join cases_fact f on f.id = i.fact_id
        where i.disclosure_id = d.id and not i.left_out
    ),
    arrived as materialized (
        select w.entity_id, w.key_there, (select e.id from registry_entity e
            where e.visible_to = w.key_there and e.kind = o.kind and e.name = o.name
            and e.number = o.number and e.received_from = d.agency and e.bound_matter = d.matter
            and e.bound_purpose = d.purpose_group and e.valid_to is not distinct from d.valid_to
            limit 1) as entity_there
        from (select distinct entity_id, key_there from leaving) w
        join registry_entity o on o.id = w.entity_id
    )
    -- Where the giver has it from is no part of the text that was decided on: it stays.
    insert into cases_fact (id, visible_to, received_from, bound_matter, bound_purpose,
        valid_to, case_id, agency, entity_id, item_kind, subject_kind, text, holder, activity,
        secrecy, marks, source, observed_on, state, derived_from, disclosure, ground, common,
        entry, made_by_name, search)
    select i.copy, l.key_there, d.agency, d.matter, d.purpose_group, d.valid_to, there.id,
        d.receiver, a.entity_there, f.item_kind, f.subject_kind, i.text, f.holder, f.activity,
        i.secrecy, i.marks, '', f.observed_on, 'current', '{}', d.exchange,
        coalesce(i.grounds[1], d.ground), d.common, p_entry, d.decided_by_name, i.search
    from leaving l join disclosures_disclosedfact i on i.id = l.id
    join cases_fact f on f.id = i.fact_id
    left join arrived a on a.entity_id = l.entity_id and a.key_there = l.key_there;
    insert into cases_sealedfile (id, visible_to, received_from, bound_matter, bound_purpose,
        valid_to, case_id, fact_id, name, media_type, size, sha256, stored_as, shown_as,
        shown_type, warnings, marks, secrecy, state, disclosure, made_by_name, search)
    select gen_random_uuid(), c.visible_to, d.agency, d.matter, d.purpose_group, d.valid_to,
        there.id, i.copy, s.name, s.media_type, s.size, s.sha256, s.stored_as, s.shown_as,
        s.shown_type, s.warnings, s.marks, s.secrecy, 'current', d.exchange, d.decided_by_name,
        s.search
    from disclosures_disclosedfact i join cases_fact c on c.id = i.copy
    join cases_sealedfile s on s.fact_id = i.fact_id
    where i.disclosure_id = d.id and not i.left_out and i.with_files and s.state = 'current'
        and s.received_from = ''
        -- The law was asked of the item with its marks: a file that has others stays.
        and s.marks <@ i.marks;
    if carried = 0 and d.kind = 'facts' then
        raise exception 'a disclosure of facts carries at least one';
    end if;
    came_as := cases_register(there, 'in', d.agency, d.told_title,
        (select coalesce(array_agg(distinct s), '{}') from disclosures_disclosedfact i,
            unnest(i.secrecy) s where i.disclosure_id = d.id and not i.left_out),
        d.agency, d.exchange, 'disclosure');
    insert into disclosures_receipt (id, visible_to, exchange, kind, state, agency, giver, case_id,
        question, purpose, purpose_group, initiative, words, weighed, ground, grounds, rulebook,
        law_day, decided_by_name, decided_at, valid_to, register_number, entry, items, answered,
        came_of_it, came_words, came_by_name, locked_by_name, lock_proof)
    values (gen_random_uuid(), there.visible_to, d.exchange, d.kind, 'received', d.receiver,
        d.agency, there.id, (select q.exchange from disclosures_question q where q.id = d.question_id),
        d.purpose, d.purpose_group, d.initiative, d.told_words, d.outcome = 'may_after_balancing',
        d.ground, d.grounds, d.rulebook, d.law_day, d.decided_by_name, d.decided_at, d.valid_to,
        came_as, p_entry, carried,
        (select coalesce(jsonb_object_agg(i.copy, i.answers), '{}') from disclosures_disclosedfact i
            where i.disclosure_id = d.id and not i.left_out and i.answers <> ''),
        '', '', '', '', '{}');
    insert into cases_event (id, visible_to, case_id, act, by_name, by_agency, words, entry, about)
    values (gen_random_uuid(), there.visible_to, there.id, 'disclosure.arrive', d.decided_by_name,
        d.agency, jsonb_build_object('items', carried, 'ground', d.ground), p_entry, d.exchange);
    update cases_case set changed_at = now() where id = there.id;
    if d.question_id is not null and d.completes then
        update disclosures_question q set state = 'answered', ended_at = now(),
            answer_words = d.told_words
        from disclosures_question mine
        where mine.id = d.question_id and q.exchange = mine.exchange;
        perform disclosures_resume_clocks(d.question_id);
    end if;
    update disclosures_disclosure set state = 'delivered', version = version + 1 where id = d.id;
end $$;

-- One line in the register of the agency a case belongs to (OSL 5:1-2, mark 5:5).
create or replace function cases_register(
    c cases_case, p_direction text, p_counterpart text, p_about text, p_marks text[],
    p_mark_agency text, p_document uuid, p_kind text
) returns text
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    place int;
begin
    select coalesce(max(sequence), 0) + 1 into place from cases_registerentry
        where agency = c.agency and number = c.number;
    insert into cases_registerentry (id, visible_to, agency, case_id, number, sequence, direction,
        dated, counterpart, about, counterpart_secret, about_secret, mark_provision, mark_dated,
        mark_agency, document, document_kind)
    values (gen_random_uuid(), c.visible_to, c.agency, c.id, c.number, place, p_direction,
        guard_day(), p_counterpart, p_about, cardinality(p_marks) > 0, cardinality(p_marks) > 0,
        p_marks, case when cardinality(p_marks) > 0 then guard_day() end,
        case when cardinality(p_marks) > 0 then p_mark_agency else '' end, p_document, p_kind);
    return c.number || '-' || place;
end $$;
alter function cases_register(cases_case, text, text, text, text[], text, uuid, text)
    owner to samsyn_exchange;
revoke all on function cases_register(cases_case, text, text, text, text[], text, uuid, text)
    from public;

-- Clocks that stood still for a question run again, at whoever asked.
create or replace function disclosures_resume_clocks(p_question uuid) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    update cases_clockpause p set to_day = guard_day()
    from disclosures_question mine
    join disclosures_question other on other.exchange = mine.exchange
    where mine.id = p_question and p.question = other.id and p.to_day is null;
end $$;
alter function disclosures_resume_clocks(uuid) owner to samsyn_exchange;
revoke all on function disclosures_resume_clocks(uuid) from public;

-- What others have passed on of a recalled disclosure goes with it: their decisions show its words
-- no more, and whoever got nothing else by one is told that it is recalled, by whoever gave it.
create or replace function disclosures_recall_further(
    d disclosures_disclosure, p_reached uuid[], p_entry bigint
) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    update disclosures_disclosedfact set visible_to = '-'
        where fact_id = any (p_reached) and disclosure_id <> d.id;
    with whole as (
        select o.exchange, o.agency, o.told_words from disclosures_disclosure o
        where o.id <> d.id and o.state = 'delivered'
        and exists (select 1 from disclosures_disclosedfact i
            where i.disclosure_id = o.id and i.copy = any (p_reached))
        and not exists (select 1 from disclosures_disclosedfact i join cases_fact f on f.id = i.copy
            where i.disclosure_id = o.id and f.visible_to <> '-')
    ), told as (
        update disclosures_receipt r set words = '', answered = '{}', came_words = '',
            state = case when r.read_at is null then 'withdrawn' else 'recalled' end
        from whole w where r.exchange = w.exchange and r.state = 'received'
        returning r.case_id, r.visible_to, w.exchange, w.agency, w.told_words
    ), emptied as (
        update cases_case c set summary = '', search = registry_number_words(c.number)
        from told t where c.id = t.case_id and c.origin = 'told' and c.summary <> ''
        and c.summary = t.told_words
    )
    insert into cases_event (id, visible_to, case_id, act, by_name, by_agency, words, entry, about)
    select gen_random_uuid(), t.visible_to, t.case_id, 'disclosure.recalled', '', t.agency, '{}',
        p_entry, t.exchange from told t;
end $$;
alter function disclosures_recall_further(disclosures_disclosure, uuid[], bigint)
    owner to samsyn_exchange;
revoke all on function disclosures_recall_further(disclosures_disclosure, uuid[], bigint)
    from public;

-- Recalls a disclosure of one's own: the copies, and what was built on them, are seen by nobody.
-- What the receiver had read is told to the giver by read_at; nothing is told of more than that.
create or replace function disclosures_recall(
    p_disclosure uuid, p_reason text, p_name text, p_entry bigint
) returns int
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    d disclosures_disclosure;
    copies uuid[];
    reached uuid[];
    was_read int;
    there uuid;
begin
    select * into d from disclosures_disclosure where id = p_disclosure for update;
    if d.id is null or d.agency is distinct from guard_agency()
        or not (d.visible_to = any (guard_keys())) or d.state <> 'delivered' then
        raise exception 'there is no disclosure of yours to recall'
            using errcode = 'insufficient_privilege';
    end if;
    select coalesce(array_agg(copy), '{}'), count(read_at) into copies, was_read
        from disclosures_disclosedfact where disclosure_id = d.id and copy is not null;
    -- What was built on them is gone with them, and what was passed on of either.
    with recursive gone(id) as (
        select unnest(copies)
        union
        select next.id from gone g cross join lateral (
            select i.copy as id from disclosures_disclosedfact i
                where i.fact_id = g.id and i.copy is not null
            union all
            select b.id from cases_fact f join cases_fact b on b.case_id = f.case_id
                where f.id = g.id and b.derived_from @> array[g.id]
        ) next
    ) select coalesce(array_agg(id), '{}') into reached from gone;
    update cases_fact set visible_to = '-', state = 'recalled' where id = any (reached);
    perform disclosures_recall_further(d, reached, p_entry);
    update cases_sealedfile set visible_to = '-', state = 'recalled'
        where disclosure = d.exchange and received_from <> '';
    update registry_entity e set visible_to = '-'
        where e.received_from <> '' and e.visible_to <> '-'
        and exists (select 1 from cases_fact f where f.entity_id = e.id and f.id = any (reached))
        and not exists (select 1 from cases_fact f where f.entity_id = e.id
            and f.visible_to <> '-');
    -- What was never read never arrived, so not how much it was either; what the receiver has said
    -- of it stays with the giver.
    update disclosures_receipt
        set state = case when was_read > 0 then 'recalled' else 'withdrawn' end, words = '',
            answered = '{}', came_words = '', items = case when was_read > 0 then items else 0 end
        where exchange = d.exchange returning case_id into there;
    -- The words that went along are gone with it, also where they stand as an answer, a title or
    -- a summary that nobody has written anew.
    update disclosures_question mine set answer_words = ''
        from disclosures_question ours
        where ours.id = d.question_id and mine.exchange = ours.exchange
        and mine.answer_words = d.told_words;
    update cases_case c set
        title = case when c.title = d.told_title then 'Återkallat av ' || d.agency else c.title end,
        summary = case when c.summary = d.told_words then '' else c.summary end,
        search = registry_number_words(c.number)
        where c.id = there and c.origin = 'told'
        and (c.title = d.told_title or (c.summary <> '' and c.summary = d.told_words));
    update cases_registerentry set about = 'Återkallat av ' || d.agency
        where document = d.exchange and agency = d.receiver;
    -- A case that only this disclosure told of, and that nobody has taken up or written anything of
    -- their own in, is gone again.
    update cases_case c set visible_to = '-', state = 'withdrawn', title = '', summary = '',
        search = null
        where c.id = there and c.state = 'told' and was_read = 0 and not exists (
            select 1 from disclosures_receipt r
            where r.case_id = c.id and r.state in ('received', 'locked'))
        and not exists (select 1 from cases_fact f
            where f.case_id = c.id and f.received_from = '' and f.visible_to <> '-');
    if found then
        update cases_event set visible_to = '-' where case_id = there;
        update disclosures_receipt set visible_to = '-' where case_id = there;
        update cases_registerentry set visible_to = '-' where case_id = there;
    else
        insert into cases_event (id, visible_to, case_id, act, by_name, by_agency, words, entry,
            about)
        select gen_random_uuid(), c.visible_to, c.id, 'disclosure.recalled', p_name, d.agency,
            '{}', p_entry, d.exchange from cases_case c where c.id = there;
    end if;
    update disclosures_disclosure set state = 'recalled', recalled_at = now(),
        recalled_by_name = p_name, recall_reason = p_reason, version = version + 1 where id = d.id;
    return was_read;
end $$;

-- Tells the giver that the receiver has read what it got; called when a page shows the copies.
create or replace function disclosures_mark_read(p_copies uuid[], p_export boolean) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    update disclosures_disclosedfact i
        set read_at = coalesce(i.read_at, now()),
            exported_at = case when p_export then coalesce(i.exported_at, now())
                else i.exported_at end
        from cases_fact f
        where f.id = i.copy and i.copy = any (p_copies) and f.agency = guard_agency()
        and f.visible_to = any (guard_keys()) and (i.read_at is null or p_export);
    update disclosures_receipt r set read_at = now()
        from cases_fact f
        where f.id = any (p_copies) and f.disclosure = r.exchange and r.agency = guard_agency()
        and f.visible_to = any (guard_keys()) and r.read_at is null;
end $$;

-- Carries a stricter mark or a further provision of a fact that one has, and of its files, to the
-- copies that were delivered, to what was built on them, and on to whoever got those. Nothing is
-- ever taken off here. Gives back the agencies that one has delivered to oneself.
-- INVARIANT: rows are found by decisions that were carried out; only marks, secrecy and the words
-- they are found by change, and the first two only grow.
create or replace function disclosures_remark(p_fact uuid, p_name text, p_entry bigint)
returns text[]
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    own cases_fact;
    versions uuid[];
    reached uuid[];
    stricter uuid[] := '{}';
    further uuid[];
    piece cases_sealedfile;
begin
    select * into own from cases_fact where id = p_fact;
    if own.id is null or own.agency is distinct from guard_agency()
        or not (own.visible_to = any (guard_keys())) or p_entry is null then
        raise exception 'there is no fact of yours to mark' using errcode = 'insufficient_privilege';
    end if;
    -- What it said before it was corrected has been told as well.
    with recursive earlier(id, replaces_id) as (
        select own.id, own.replaces_id
        union select f.id, f.replaces_id from cases_fact f join earlier e on f.id = e.replaces_id
    ) select array_agg(id) into versions from earlier;
    with recursive copies(id) as (
        select unnest(versions)
        union
        select next.id from copies c cross join lateral (
            select i.copy as id from disclosures_disclosedfact i
                where i.fact_id = c.id and i.copy is not null
            union all
            select b.id from cases_fact f join cases_fact b on b.case_id = f.case_id
                where f.id = c.id and b.derived_from @> array[c.id]
        ) next
    ) select coalesce(array_agg(id), '{}') into reached from copies where id <> all (versions);
    -- What whoever gave it says too is no longer the receiver's to lift.
    update cases_fact f set added = array(select a from unnest(f.added) a
            where a <> all (own.marks || own.secrecy))
        where f.id = any (reached) and f.added && (own.marks || own.secrecy);
    -- A person who has protected personal data has them in the register too, here and there.
    if 'protected' = any (own.marks) then
        update registry_entity e set protected = true from cases_fact f
            where (f.id = any (reached) or f.id = own.id) and f.state <> 'recalled'
            and e.id = f.entity_id and e.kind = 'person' and not e.protected;
    end if;
    with marked as (
        update cases_fact f set
            -- What points to a tip-giver is found by its kind and by no word of it.
            search = case when 'tip_giver' = any (own.marks) and not ('tip_giver' = any (f.marks))
                then own.search else f.search end,
            marks = f.marks || array(select m from unnest(own.marks) m where m <> all (f.marks)),
            secrecy = f.secrecy
                || array(select s from unnest(own.secrecy) s where s <> all (f.secrecy))
            where f.id = any (reached) and f.state in ('current', 'replaced', 'locked')
                and not (f.marks @> own.marks and f.secrecy @> own.secrecy)
            returning f.id
    ) select coalesce(array_agg(id), '{}') into stricter from marked;
    for piece in select * from cases_sealedfile where fact_id = any (versions) and state = 'current'
        and received_from = ''
    loop
        with marked as (
            update cases_sealedfile s set
                search = case when 'tip_giver' = any (piece.marks)
                    and not ('tip_giver' = any (s.marks)) then piece.search else s.search end,
                marks = s.marks
                    || array(select m from unnest(piece.marks) m where m <> all (s.marks)),
                secrecy = s.secrecy
                    || array(select p from unnest(piece.secrecy) p where p <> all (s.secrecy))
                where s.fact_id = any (reached) and s.received_from <> ''
                    and s.stored_as = piece.stored_as and s.state <> 'disposed'
                    and not (s.marks @> piece.marks and s.secrecy @> piece.secrecy)
                returning s.fact_id
        ) select coalesce(array_agg(fact_id), '{}') into further from marked;
        stricter := stricter || further;
    end loop;
    -- Each receiver learns it from whoever told it, in the case where its copy lies.
    insert into cases_event (id, visible_to, case_id, act, by_name, by_agency, words, entry, about)
    select gen_random_uuid(), f.visible_to, f.case_id, 'disclosure.remarked',
        case when f.received_from = own.agency then p_name else '' end, f.received_from,
        jsonb_build_object('giver', f.received_from), p_entry, f.disclosure
        from (select distinct visible_to, case_id, received_from, disclosure from cases_fact
            where id = any (stricter) and received_from <> '' and visible_to <> '-') f;
    -- What came in is registered with the marks it has (OSL 5:5).
    update cases_registerentry r set
        mark_provision = r.mark_provision
            || array(select s from unnest(own.secrecy) s where s <> all (r.mark_provision)),
        mark_dated = coalesce(r.mark_dated, guard_day()),
        mark_agency = case when r.mark_agency = '' then f.received_from else r.mark_agency end,
        about_secret = true, counterpart_secret = true
        from cases_fact f
        where f.id = any (stricter) and f.received_from <> '' and r.document = f.disclosure
            and r.agency = f.agency and r.mark_lifted_at is null
            and own.secrecy <> '{}' and not (r.mark_provision @> own.secrecy);
    return array(select distinct f.agency from cases_fact f join disclosures_disclosedfact i
        on i.copy = f.id where f.id = any (stricter) and i.fact_id = any (versions) order by 1);
end $$;

-- Sends a question: the holder gets a row of its own, registered there as come in.
create or replace function disclosures_send_question(
    p_question uuid, p_entry bigint, p_series text, p_shape text, p_width int
) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    q disclosures_question;
    there_number text;
    told_secrecy jsonb;
begin
    select * into q from disclosures_question where id = p_question for update;
    if q.id is null or q.side <> 'asked' or q.asker is distinct from guard_agency()
        or not (q.visible_to = any (guard_keys())) or q.state <> 'draft' or q.holder = q.asker then
        raise exception 'there is no question of yours to send'
            using errcode = 'insufficient_privilege';
    end if;
    if coalesce(q.law ->> 'outcome', '') not in ('must', 'may', 'public', 'may_after_balancing') then
        raise exception 'the law does not open what the question tells'
            using errcode = 'insufficient_privilege';
    end if;
    -- INVARIANT: what the words tell of the asker's facts, the law opens too.
    if exists (select 1 from jsonb_array_elements(coalesce(q.law -> 'told', '[]')) told
        where coalesce(told ->> 'outcome', '')
            not in ('must', 'may', 'public', 'may_after_balancing')) then
        raise exception 'the law does not open a fact that the words tell'
            using errcode = 'insufficient_privilege';
    end if;
    -- What the holder gets is as secret as what it tells: that one asks, and the facts in its words.
    select coalesce(jsonb_agg(distinct cite), '[]') into told_secrecy from (
        select jsonb_array_elements(part) as cite from (values (q.law -> 'question' -> 'secrecy'),
            (q.law -> 'secrecy')) of_question (part) where jsonb_typeof(part) = 'array') every;
    there_number := cases_number_of(q.holder, p_series, extract(year from guard_day())::int,
        p_shape, p_width);
    insert into disclosures_question (id, visible_to, exchange, side, state, asker, asker_name,
        asker_number, holder, case_id, matter, purpose, about, entity, text, question_set,
        items, due_on, sent_at, answer_words, refusal_grounds, law, search)
    values (gen_random_uuid(), q.holder, q.exchange, 'received', 'sent', q.asker, q.asker_name,
        q.asker_number, q.holder, null, q.matter, q.purpose, q.about, null, q.text,
        q.question_set, q.items, q.due_on, now(),
        '', '{}', jsonb_build_object('ground', q.law ->> 'ground',
            'marks', coalesce(q.law -> 'marks', '[]'), 'secrecy', told_secrecy),
        coalesce(q.search, '') || registry_number_words(there_number)
            || registry_number_words(q.asker_number));
    insert into cases_registerentry (id, visible_to, agency, case_id, number, sequence, direction,
        dated, counterpart, about, counterpart_secret, about_secret, mark_provision, mark_agency,
        document, document_kind)
    values (gen_random_uuid(), q.holder, q.holder, null, there_number, 1, 'in', guard_day(),
        q.asker, q.about, false, true, '{}', '', q.exchange, 'question');
    update disclosures_question set state = 'sent', sent_at = now() where id = q.id;
end $$;

-- Tells the asker that the holder has begun to assess the question: the day, and nothing more.
create or replace function disclosures_take_up_question(p_question uuid, p_entry bigint)
returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    if p_entry is null or not exists (select 1 from disclosures_question q
        where q.id = p_question and q.side = 'received' and q.holder = guard_agency()
        and q.visible_to = any (guard_keys()) and q.state = 'sent') then
        raise exception 'there is no question to you to take up'
            using errcode = 'insufficient_privilege';
    end if;
    update disclosures_question q set taken_up_at = coalesce(q.taken_up_at, now())
        from disclosures_question mine where mine.id = p_question and q.exchange = mine.exchange;
end $$;

-- Ends a question without an answer: the holder refuses it, or the asker withdraws it.
create or replace function disclosures_end_question(
    p_question uuid, p_words text, p_grounds text[], p_name text, p_entry bigint
) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    q disclosures_question;
    new_state text;
begin
    select * into q from disclosures_question where id = p_question for update;
    if q.id is null or not (q.visible_to = any (guard_keys())) or q.state <> 'sent' then
        raise exception 'there is no question of yours to end'
            using errcode = 'insufficient_privilege';
    end if;
    new_state := case when q.side = 'received' then 'refused' else 'withdrawn' end;
    update disclosures_question set state = new_state, ended_at = now(), answer_words = p_words,
        refusal_grounds = p_grounds where exchange = q.exchange;
    insert into cases_event (id, visible_to, case_id, act, by_name, by_agency, words, entry, about)
    select gen_random_uuid(), o.visible_to, o.case_id, 'question.' || new_state, p_name,
        guard_agency(), jsonb_build_object('grounds', p_grounds), p_entry, o.exchange
        from disclosures_question o
        where o.exchange = q.exchange and o.id <> q.id and o.case_id is not null;
    perform disclosures_resume_clocks(q.id);
end $$;

-- Tells the giver what came of what it gave, in a code and words that the law was asked about.
-- INVARIANT: once, by a reader of the receipt, and a second time only after “not yet”; nothing of
-- the receiver's case goes along. What is told after the locking leaves no words at the receiver,
-- where all that was said of what came is gone.
create or replace function disclosures_report_back(
    p_receipt uuid, p_code text, p_words text, p_name text, p_entry bigint
) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    r disclosures_receipt;
begin
    select * into r from disclosures_receipt where id = p_receipt for update;
    if r.id is null or p_entry is null or r.agency is distinct from guard_agency()
        or not (r.visible_to = any (guard_keys())) or (r.came_at is not null and r.came_of_it <> 'not_yet')
        or r.state not in ('received', 'locked') then
        raise exception 'there is no receipt of yours to report back on'
            using errcode = 'insufficient_privilege';
    end if;
    update disclosures_receipt set came_of_it = p_code,
        came_words = case when r.state = 'locked' then '' else p_words end, came_at = now(),
        came_by_name = p_name where id = r.id;
    update disclosures_disclosure set came_of_it = p_code, came_words = p_words, came_at = now()
        where exchange = r.exchange;
    insert into cases_event (id, visible_to, case_id, act, by_name, by_agency, words, entry, about)
    select gen_random_uuid(), d.visible_to, d.case_id, 'disclosure.reported', p_name,
        guard_agency(), jsonb_build_object('code', p_code), p_entry, d.exchange
        from disclosures_disclosure d where d.exchange = r.exchange;
end $$;

-- Locks what came in when its purpose has ended: the copies, and what was built on them, are read
-- by nobody any more, and what was locked is kept as a proof without a word of its content.
-- INVARIANT: only the receiver's own copies; the giver's rows are untouched.
create or replace function disclosures_lock(p_receipt uuid, p_name text, p_entry bigint)
returns jsonb
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    r disclosures_receipt;
    copies uuid[];
    proof jsonb;
begin
    select * into r from disclosures_receipt where id = p_receipt for update;
    if r.id is null or p_entry is null or r.agency is distinct from guard_agency()
        or not (r.visible_to = any (guard_keys())) or r.state <> 'received' then
        raise exception 'there is no receipt of yours to lock'
            using errcode = 'insufficient_privilege';
    end if;
    select coalesce(array_agg(f.id order by f.id), '{}') into copies from cases_fact f
        where f.disclosure = r.exchange and f.agency = r.agency and f.received_from <> '';
    select jsonb_build_object('entry', p_entry, 'facts', coalesce(jsonb_agg(jsonb_build_object(
            'id', f.id, 'sha256', encode(sha256(convert_to(f.text, 'UTF8')), 'hex'))
            order by f.id), '[]'))
        into proof from cases_fact f
        where f.id = any (copies) or (f.derived_from && copies and f.agency = r.agency);
    update cases_fact set visible_to = '-', state = 'locked'
        where (id = any (copies) or derived_from && copies) and agency = r.agency;
    proof := proof || jsonb_build_object('files', (select coalesce(jsonb_agg(jsonb_build_object(
            'id', s.id, 'sha256', s.sha256) order by s.id), '[]') from cases_sealedfile s
        where s.disclosure = r.exchange and s.received_from <> '' and s.visible_to <> '-'));
    update cases_sealedfile s set visible_to = '-', state = 'locked'
        where s.disclosure = r.exchange and s.received_from <> '' and exists (
            select 1 from cases_case c where c.id = s.case_id and c.agency = r.agency);
    update registry_entity e set visible_to = '-'
        where e.received_from = r.giver and e.visible_to <> '-'
        and exists (select 1 from cases_fact f where f.entity_id = e.id and f.id = any (copies))
        and not exists (select 1 from cases_fact f where f.entity_id = e.id
            and f.visible_to <> '-');
    -- The words that came with it are gone too, where nobody has written them anew.
    update disclosures_question set answer_words = '' where exchange = r.question
        and side = 'asked' and asker = r.agency and r.words <> '' and answer_words = r.words;
    update cases_case set summary = '', search = registry_number_words(number)
        where id = r.case_id and origin = 'told' and r.words <> '' and summary = r.words;
    update disclosures_receipt set state = 'locked', locked_at = now(), locked_by_name = p_name,
        lock_proof = proof, words = '', answered = '{}', came_words = '' where id = r.id;
    insert into cases_event (id, visible_to, case_id, act, by_name, by_agency, words, entry, about)
    select gen_random_uuid(), d.visible_to, d.case_id, 'disclosure.locked', p_name,
        guard_agency(), '{}', p_entry, d.exchange
        from disclosures_disclosure d where d.exchange = r.exchange;
    return proof;
end $$;

do $$
declare
    called text;
begin
    foreach called in array array[
        'disclosures_deliver(uuid, bigint, text, text, int)',
        'disclosures_recall(uuid, text, text, bigint)',
        'disclosures_mark_read(uuid[], boolean)',
        'disclosures_send_question(uuid, bigint, text, text, int)',
        'disclosures_end_question(uuid, text, text[], text, bigint)',
        'disclosures_remark(uuid, text, bigint)',
        'disclosures_take_up_question(uuid, bigint)',
        'disclosures_report_back(uuid, text, text, text, bigint)',
        'disclosures_lock(uuid, text, bigint)'
    ] loop
        execute format('alter function %s owner to samsyn_exchange', called);
        execute format('revoke all on function %s from public', called);
        execute format('grant execute on function %s to samsyn_web', called);
    end loop;
end $$;
