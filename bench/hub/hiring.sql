-- Officers of the benchmark's own: at a large scale the sixty people of the training data would
-- each work on thousands of cases at once, as nobody does.
insert into guard_account (id, password, email, name, agency, title, language, is_active)
select md5('bench officer ' || a.agency || n)::uuid, '!', 'bench-' || md5(a.agency || n)
    || '@example.org', 'Handläggare ' || n, a.agency, '', 'sv', true
from (select distinct agency from cases_case) a, generate_series(1, %(officers)s) n;

insert into guard_roleassignment (id, account_id, agency, role, centre, from_day)
select gen_random_uuid(), a.id, a.agency, 'agency_officer', '', date '2022-06-01'
from guard_account a where a.email like 'bench-%%';

-- Each works on some open cases of the agency, the newest shared out in turn, and on some closed
-- to all others.
insert into cases_casemember (id, visible_to, case_id, account, name, duty, from_day)
select gen_random_uuid(), c.visible_to, c.id, o.id, o.name, 'handler', c.opened_on
from (
    select id, agency, visible_to, opened_on, restricted,
        row_number() over (partition by agency, restricted order by changed_at desc, id) as place
    from cases_case where state = 'open'
) c
join lateral (
    select a.id, a.name from guard_account a
    where a.agency = c.agency and a.email like 'bench-%%' order by a.id
    offset (c.place - 1) %% %(officers)s limit 1
) o on true
where c.place <= %(officers)s * case when c.restricted then %(restricted)s else %(open)s end;

-- What is to be done in them is now theirs.
update cases_task t set account = m.account, name = m.name
from cases_casemember m join guard_account a on a.id = m.account and a.email like 'bench-%%'
where m.case_id = t.case_id and t.done_at is null;
