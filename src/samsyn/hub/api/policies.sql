-- Programs: their keys, what they have called once, which addresses are told that something has
-- happened. A program acts as a person, in that person's signed context, so that no other policy
-- knows of programs.

-- --- keys ---------------------------------------------------------------------------------------

call guard_protect('api_token');
grant select, insert, update (revoked_at) on api_token to samsyn_web;
drop policy if exists token_seen on api_token;
create policy token_seen on api_token for select to samsyn_web using (
    account_id = (select guard_account())
    or agency || '/people' = any ((select guard_keys())::text[])
);
-- A key is made by the person it acts as, and by nobody else.
drop policy if exists token_made on api_token;
create policy token_made on api_token for insert to samsyn_web with check (
    account_id = (select guard_account()) and agency = (select guard_agency())
    and revoked_at is null
);
-- Taken back by its owner or an administrator, once; never brought to life again.
drop policy if exists token_revoked on api_token;
create policy token_revoked on api_token for update to samsyn_web using (
    revoked_at is null and (account_id = (select guard_account())
        or (agency = (select guard_agency()) and (select guard_administers())))
) with check (revoked_at is not null and agency = (select guard_agency()));
grant select on api_token to samsyn_guard;
drop policy if exists token_looked_up on api_token;
create policy token_looked_up on api_token for select to samsyn_guard using (true);

alter table api_tokenuse enable row level security;
alter table api_tokenuse force row level security;
revoke all on api_tokenuse from public, samsyn_web, samsyn_worker;
grant select, insert, update on api_tokenuse to samsyn_guard;
drop policy if exists use_counted on api_tokenuse;
create policy use_counted on api_tokenuse to samsyn_guard using (true) with check (true);
grant select on api_tokenuse to samsyn_web;
drop policy if exists use_seen on api_tokenuse;
create policy use_seen on api_tokenuse for select to samsyn_web using (
    exists (select 1 from api_token t where t.id = token_id)
);

-- The key of that hash with its owner, counted as used once more in this minute. To know the hash
-- one must have the secret; nothing is found by any other word.
create or replace function api_arrive(p_hash text) returns table (
    token uuid, role text, acts text[], purpose text, only_case uuid, last_day date,
    account uuid, name text, agency text, used int
)
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    t api_token;
    counted int;
begin
    select * into t from api_token a where a.hash = p_hash and a.revoked_at is null;
    if not found then
        return;
    end if;
    insert into api_tokenuse as u (token_id, minute, used, last_used_at)
    values (t.id, date_trunc('minute', now()), 1, now())
    on conflict (token_id) do update set
        used = case when u.minute = excluded.minute then u.used + 1 else 1 end,
        minute = excluded.minute, last_used_at = excluded.last_used_at
    returning u.used into counted;
    return query select t.id, t.role::text, t.acts::text[], t.purpose::text, t."case", t.last_day,
        a.id, a.name::text, a.agency::text, counted
    from guard_account a where a.id = t.account_id and a.is_active and a.agency = t.agency;
end $$;
alter function api_arrive(text) owner to samsyn_guard;
revoke all on function api_arrive(text) from public, samsyn_worker;
grant execute on function api_arrive(text) to samsyn_web;

-- --- calls made once ----------------------------------------------------------------------------

alter table api_oncecall enable row level security;
alter table api_oncecall force row level security;
revoke all on api_oncecall from public, samsyn_web, samsyn_worker;
grant select, insert on api_oncecall to samsyn_web;
drop policy if exists own_calls on api_oncecall;
create policy own_calls on api_oncecall to samsyn_web
    using (account = (select guard_account())) with check (account = (select guard_account()));
grant select, delete on api_oncecall to samsyn_worker;
drop policy if exists old_calls on api_oncecall;
create policy old_calls on api_oncecall to samsyn_worker using (at < now() - interval '7 days');

-- --- addresses that are told --------------------------------------------------------------------

call guard_protect('api_webhook');
-- How often sending failed is no act; making and stopping an address is.
drop trigger needs_log on api_webhook;
create constraint trigger needs_log after insert or delete or update of stopped_at on api_webhook
    deferrable initially deferred for each row execute function guard_needs_log();
grant select, insert, update (stopped_at, stopped_why, failures) on api_webhook to samsyn_web;
drop policy if exists hook_seen on api_webhook;
create policy hook_seen on api_webhook for select to samsyn_web
    using (visible_to = any ((select guard_keys())::text[]));
drop policy if exists hook_made on api_webhook;
create policy hook_made on api_webhook for insert to samsyn_web with check (
    agency = (select guard_agency()) and visible_to = agency || '/people'
    and made_by = (select guard_account()) and (select guard_administers())
);
drop policy if exists hook_stopped on api_webhook;
create policy hook_stopped on api_webhook for update to samsyn_web using (
    agency = (select guard_agency()) and (select guard_administers())
) with check (agency = (select guard_agency()));
grant select on api_webhook to samsyn_worker, samsyn_exchange;
grant update (failures, last_ok_at, last_fault, stopped_at, stopped_why)
    on api_webhook to samsyn_worker;
drop policy if exists hook_worked on api_webhook;
create policy hook_worked on api_webhook to samsyn_worker using (true) with check (true);
drop policy if exists hook_looked_up on api_webhook;
create policy hook_looked_up on api_webhook for select to samsyn_exchange using (true);

alter table api_webhookmessage enable row level security;
alter table api_webhookmessage force row level security;
revoke all on api_webhookmessage from public, samsyn_web, samsyn_worker;
grant insert on api_webhookmessage to samsyn_exchange;
drop policy if exists message_queued on api_webhookmessage;
create policy message_queued on api_webhookmessage for insert to samsyn_exchange with check (true);
grant select, update, delete on api_webhookmessage to samsyn_worker;
drop policy if exists message_sent on api_webhookmessage;
create policy message_sent on api_webhookmessage to samsyn_worker using (true) with check (true);

-- Queues what happened for the addresses of the agency whose row it is.
-- INVARIANT: looked at when the transaction is kept, with all that it did: a case that was closed
-- to others in the same act, the protection track and what nobody may see have another key than
-- their agency's, and so no address.
create or replace function api_queue(
    p_key text, p_event text, p_kind text, p_thing uuid, p_line uuid
) returns void
language sql security definer set search_path = public, pg_temp as $$
    insert into api_webhookmessage (id, hook_id, event, kind, thing, line, at, tries, next_at)
    select gen_random_uuid(), w.id, p_event, p_kind, p_thing, p_line, now(), 0, now()
    from api_webhook w where w.agency = p_key and w.stopped_at is null and p_thing is not null
$$;
alter function api_queue(text, text, text, uuid, uuid) owner to samsyn_exchange;
revoke all on function api_queue(text, text, text, uuid, uuid) from public;

create or replace function api_queue_event() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    key_now text;
    family text := split_part(new.act, '.', 1);
    kind text := 'case';
    thing uuid := new.case_id;
begin
    select e.visible_to into key_now from cases_event e where e.id = new.id;
    if not exists (select 1 from api_webhook w where w.agency = key_now) then
        return null;
    end if;
    if family in ('fact', 'question', 'disclosure') and new.about is not null then
        kind := family;
        thing := new.about;
    end if;
    if family = 'disclosure' then
        -- Of what came in the line names the exchange, which both sides know.
        select r.id into thing from disclosures_receipt r
            where r.exchange = new.about and r.case_id = new.case_id;
        kind := case when found then 'receipt' else 'disclosure' end;
        thing := coalesce(thing, new.about);
    end if;
    perform api_queue(key_now, new.act, kind, thing, new.id);
    return null;
end $$;
alter function api_queue_event() owner to samsyn_exchange;
drop trigger if exists told_by_webhook on cases_event;
create constraint trigger told_by_webhook after insert on cases_event
    deferrable initially deferred for each row execute function api_queue_event();

-- What came in and nobody has placed in a case has no line in a timeline yet.
create or replace function api_queue_question() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    key_now text;
begin
    select q.visible_to into key_now from disclosures_question q where q.id = new.id;
    if tg_op = 'INSERT' and new.side = 'received' then
        perform api_queue(key_now, 'question.arrive', 'question', new.id, new.id);
    elsif tg_op = 'UPDATE' and old.state = 'sent' and new.state <> 'sent' then
        perform api_queue(key_now, 'question.' || new.state, 'question', new.id, new.id);
    end if;
    return null;
end $$;
alter function api_queue_question() owner to samsyn_exchange;
drop trigger if exists told_by_webhook on disclosures_question;
create constraint trigger told_by_webhook after insert or update on disclosures_question
    deferrable initially deferred for each row execute function api_queue_question();

-- --- what was imported --------------------------------------------------------------------------

call guard_own_rows('api_importedfact');
grant select, insert on api_importedfact to samsyn_web;
