-- The second fence around how people sign in. Two kinds of transactions reach these tables: one in
-- which nobody is known yet (key `signin`), and one in which a person acts, who reaches what is
-- their own and nothing else. Run with the other policies; may be run again.

-- --- sessions -----------------------------------------------------------------------------------

alter table guard_session enable row level security;
alter table guard_session force row level security;
revoke all on guard_session from public, samsyn_web, samsyn_worker;
grant select, insert, update, delete on guard_session to samsyn_web;
grant select (session_key, account, expire_date), delete on guard_session to samsyn_worker;
grant select, delete on guard_session to samsyn_guard;
drop policy if exists own_session on guard_session;
create policy own_session on guard_session to samsyn_web
    using ('signin' = any ((select guard_keys())::text[]) or account = (select guard_account()))
    -- Whoever signs out gets a new session that is nobody's.
    with check ('signin' = any ((select guard_keys())::text[]) or account is null
        or account = (select guard_account()));
drop policy if exists session_ended on guard_session;
create policy session_ended on guard_session to samsyn_guard using (true);
drop policy if exists session_cleared on guard_session;
create policy session_cleared on guard_session to samsyn_worker using (expire_date < now());

-- --- passkeys and code apps ---------------------------------------------------------------------

-- INVARIANT: whoever acts as a person cannot read the secret of another; not as administrator
-- either.
alter table mfa_authenticator enable row level security;
alter table mfa_authenticator force row level security;
revoke all on mfa_authenticator from public, samsyn_web, samsyn_worker;
grant select, insert, update, delete on mfa_authenticator to samsyn_web;
grant select, delete on mfa_authenticator to samsyn_guard;
drop policy if exists own_factor on mfa_authenticator;
create policy own_factor on mfa_authenticator to samsyn_web
    using ('signin' = any ((select guard_keys())::text[]) or user_id = (select guard_account()))
    with check ('signin' = any ((select guard_keys())::text[]) or user_id = (select guard_account()));
drop policy if exists factor_reset on mfa_authenticator;
create policy factor_reset on mfa_authenticator to samsyn_guard using (true);

-- --- identities elsewhere -----------------------------------------------------------------------

call guard_protect('guard_identity');
grant select on guard_identity to samsyn_web;
grant select, insert, delete on guard_identity to samsyn_guard;
drop policy if exists identity_seen on guard_identity;
create policy identity_seen on guard_identity for select to samsyn_web using (
    'signin' = any ((select guard_keys())::text[])
    or account_id = (select guard_account())
);
drop policy if exists identity_bound on guard_identity;
create policy identity_bound on guard_identity to samsyn_guard using (true) with check (true);

-- --- invitations --------------------------------------------------------------------------------

call guard_protect('guard_invitation');
grant select, update (used_at) on guard_invitation to samsyn_web;
grant select, insert, update on guard_invitation to samsyn_guard;
drop policy if exists invitation_seen on guard_invitation;
create policy invitation_seen on guard_invitation for select to samsyn_web using (
    'signin' = any ((select guard_keys())::text[])
    or account_id = (select guard_account())
    or agency || '/people' = any ((select guard_keys())::text[])
);
drop policy if exists invitation_used on guard_invitation;
create policy invitation_used on guard_invitation for update to samsyn_web
    using (account_id = (select guard_account()) and used_at is null)
    with check (account_id = (select guard_account()));
drop policy if exists invitation_made on guard_invitation;
create policy invitation_made on guard_invitation to samsyn_guard using (true) with check (true);

-- --- limits -------------------------------------------------------------------------------------

alter table guard_limit enable row level security;
alter table guard_limit force row level security;
revoke all on guard_limit from public, samsyn_web, samsyn_worker;
grant select, insert, update, delete on guard_limit to samsyn_web;
grant select (expires_at), delete on guard_limit to samsyn_worker;
drop policy if exists counted on guard_limit;
create policy counted on guard_limit to samsyn_web using ((select guard_claims()) is not null)
    with check ((select guard_claims()) is not null);
drop policy if exists count_cleared on guard_limit;
create policy count_cleared on guard_limit to samsyn_worker using (expires_at < now());

-- --- what the package knows and we do not use ---------------------------------------------------

-- Looked up by allauth, and always empty: addresses and accounts elsewhere bind nothing here.
revoke all on account_emailaddress, account_emailconfirmation, socialaccount_socialaccount,
    socialaccount_socialtoken, socialaccount_socialapp from public, samsyn_web, samsyn_worker;
grant select on account_emailaddress, socialaccount_socialaccount, socialaccount_socialapp
    to samsyn_web;

-- --- who may change what of an account ----------------------------------------------------------

grant select, update on guard_account to samsyn_guard;
grant select on guard_twopersonrequest to samsyn_guard;
drop policy if exists account_reset on guard_account;
create policy account_reset on guard_account to samsyn_guard using (true) with check (true);
drop policy if exists request_checked on guard_twopersonrequest;
create policy request_checked on guard_twopersonrequest for select to samsyn_guard using (true);

-- A password is its owner's alone; all else but the language is for the administrator.
create or replace function guard_account_is_kept() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
    if current_user <> 'samsyn_web' then
        return new;
    end if;
    if new.password is distinct from old.password
        and old.id is distinct from guard_account() then
        raise exception 'a password is set by its owner alone'
            using errcode = 'insufficient_privilege';
    end if;
    if (new.name, new.title, new.is_active, new.ended_on)
            is distinct from (old.name, old.title, old.is_active, old.ended_on)
        and not (old.agency = guard_agency() and guard_administers()) then
        raise exception 'an account is changed by the administrator of its agency'
            using errcode = 'insufficient_privilege';
    end if;
    return new;
end $$;
drop trigger if exists account_is_kept on guard_account;
create trigger account_is_kept before update on guard_account
    for each row execute function guard_account_is_kept();

-- --- the few ways from one person to another's sign-in ------------------------------------------

-- Whether the context is that of an administrator of the account's agency, for another than
-- themselves.
create or replace function guard_administers_account(whom uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
    select exists (
        select 1 from guard_account a
        where a.id = whom and a.id is distinct from guard_account()
            and a.agency = guard_agency() and guard_administers()
    )
$$;
alter function guard_administers_account(uuid) owner to samsyn_guard;

create or replace function guard_end_sessions(whom uuid) returns bigint
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    ended bigint;
begin
    if not (whom is not distinct from guard_account() or guard_administers_account(whom)) then
        raise exception 'sessions are ended by their owner or an administrator of the agency'
            using errcode = 'insufficient_privilege';
    end if;
    delete from guard_session where account = whom;
    get diagnostics ended = row_count;
    return ended;
end $$;
alter function guard_end_sessions(uuid) owner to samsyn_guard;

-- Whether somebody has ever chosen how to sign in.
create or replace function guard_enrolled(whom uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
    select exists (select 1 from mfa_authenticator where user_id = whom)
        or exists (select 1 from guard_identity where account_id = whom)
        or exists (select 1 from guard_account where id = whom and password not like '!%')
$$;
alter function guard_enrolled(uuid) owner to samsyn_guard;

-- Whether the context may see accounts and roles of the account's agency.
create or replace function guard_sees_account(whom uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
    select whom is not distinct from guard_account() or exists (
        select 1 from guard_account a
        where a.id = whom and a.agency || '/people' = any (guard_keys())
    )
$$;
alter function guard_sees_account(uuid) owner to samsyn_guard;

-- In which ways a person signs in, without the secrets: for the person and those who see accounts.
create or replace function guard_sign_in_ways(whom uuid)
returns table (kind text, made timestamptz, used timestamptz)
language sql stable security definer set search_path = public, pg_temp as $$
    select type::text, created_at, last_used_at from mfa_authenticator
        where user_id = whom and guard_sees_account(whom)
    union all
    select 'identity', bound_at, null from guard_identity
        where account_id = whom and guard_sees_account(whom)
    union all
    select 'password', null, null from guard_account
        where id = whom and password not like '!%' and guard_sees_account(whom)
    order by 1, 2
$$;
alter function guard_sign_in_ways(uuid) owner to samsyn_guard;

-- Invites somebody to choose how to sign in. INVARIANT: who has chosen once is invited again only
-- when two administrators agreed, and then everything they signed in with is taken away.
create or replace function guard_invite(
    invitation uuid, whom uuid, token_hash text, expires timestamptz, allowed_by uuid
) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    of_agency text;
begin
    if not guard_administers_account(whom) then
        raise exception 'invitations are made by another administrator of the agency'
            using errcode = 'insufficient_privilege';
    end if;
    select agency into of_agency from guard_account where id = whom and is_active;
    if of_agency is null then
        raise exception 'a closed account is not invited' using errcode = 'check_violation';
    end if;
    if allowed_by is null and guard_enrolled(whom) then
        raise exception 'whoever has signed in before is invited again by two persons only'
            using errcode = 'insufficient_privilege';
    end if;
    if allowed_by is not null and not exists (
        select 1 from guard_twopersonrequest r
        where r.id = allowed_by and r.act = 'account.recover' and r.outcome = 'approved'
            and r.about ->> 'account' = whom::text
            and r.decided_by = guard_account() and r.asked_by <> r.decided_by
    ) then
        raise exception 'two persons have not agreed to this'
            using errcode = 'insufficient_privilege';
    end if;
    if allowed_by is not null then
        delete from mfa_authenticator where user_id = whom;
        delete from guard_identity where account_id = whom;
        update guard_account set password = '!' where id = whom;
    end if;
    delete from guard_session where account = whom;
    -- An earlier link no longer opens anything.
    update guard_invitation set expires_at = now()
        where account_id = whom and used_at is null and expires_at > now();
    insert into guard_invitation (id, account_id, agency, token_hash, request, made_by, expires_at)
        values (invitation, whom, of_agency, token_hash, allowed_by, guard_account(), expires);
end $$;
alter function guard_invite(uuid, uuid, text, timestamptz, uuid) owner to samsyn_guard;

-- Binds an account to a person of an agency's sign-in service: its owner does, or beforehand an
-- administrator while nobody has yet signed in with it.
create or replace function guard_bind(
    identity uuid, whom uuid, of_issuer text, of_subject text
) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    if whom is distinct from guard_account() and not guard_administers_account(whom) then
        raise exception 'an identity is bound by its owner or an administrator of the agency'
            using errcode = 'insufficient_privilege';
    end if;
    if whom is distinct from guard_account() and guard_enrolled(whom) then
        raise exception 'who signs in already binds further identities themselves'
            using errcode = 'insufficient_privilege';
    end if;
    insert into guard_identity (id, account_id, agency, issuer, subject, bound_by)
        select identity, id, agency, of_issuer, of_subject, guard_account()
        from guard_account where id = whom;
end $$;
alter function guard_bind(uuid, uuid, text, text) owner to samsyn_guard;

revoke all on function guard_administers_account(uuid), guard_sees_account(uuid),
    guard_end_sessions(uuid), guard_enrolled(uuid),
    guard_sign_in_ways(uuid), guard_invite(uuid, uuid, text, timestamptz, uuid),
    guard_bind(uuid, uuid, text, text) from public;
grant execute on function guard_administers_account(uuid), guard_sees_account(uuid),
    guard_end_sessions(uuid), guard_enrolled(uuid),
    guard_sign_in_ways(uuid), guard_invite(uuid, uuid, text, timestamptz, uuid),
    guard_bind(uuid, uuid, text, text) to samsyn_web;
