-- Figures that an agency hands in to the national coordination: read by its own case work and, as
-- long as they stand, by whoever the signed context says reads them together. Nobody else.

call guard_protect('obstacles_handedfigures');
call guard_one_case('obstacles_handedfigures', 'false');
grant select, insert on obstacles_handedfigures to samsyn_web;
grant update (withdrawn_at, withdrawn_by, withdrawn_by_name, withdrawn_why, replaced_by)
    on obstacles_handedfigures to samsyn_web;
grant select on obstacles_handedfigures to samsyn_worker;

drop policy if exists handed_seen on obstacles_handedfigures;
create policy handed_seen on obstacles_handedfigures for select to samsyn_web using (
    visible_to = any ((select guard_keys())::text[])
    or (withdrawn_at is null and (select guard_national()))
);
-- In one's own name, for one's own agency, standing.
drop policy if exists handed_in on obstacles_handedfigures;
create policy handed_in on obstacles_handedfigures for insert to samsyn_web with check (
    visible_to = any ((select guard_keys())::text[]) and visible_to = agency
    and agency = (select guard_agency()) and handed_by = (select guard_account())
    and withdrawn_at is null
);
-- Withdrawn once, in one's own name; what it said stays as it was.
drop policy if exists handed_withdrawn on obstacles_handedfigures;
create policy handed_withdrawn on obstacles_handedfigures for update to samsyn_web using (
    visible_to = any ((select guard_keys())::text[]) and withdrawn_at is null
) with check (
    visible_to = any ((select guard_keys())::text[]) and withdrawn_at is not null
    and withdrawn_by = (select guard_account())
);
drop policy if exists handed_read_by_worker on obstacles_handedfigures;
create policy handed_read_by_worker on obstacles_handedfigures for select to samsyn_worker
    using (true);
