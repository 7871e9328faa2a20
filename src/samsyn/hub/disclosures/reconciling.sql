-- What the visibility column must say of every received row, worked out from the decisions alone,
-- beside what it says. One row for each difference: kind, table, id, expected, found.
with expected as (
    select i.copy as id, d.id as decision, d.state as decision_state, d.receiver, own.state as own_state,
        i.text,
        d.matter, d.purpose_group, d.valid_to,
        -- What was passed on of something that its giver has recalled is gone with it.
        case when d.state = 'delivered' and own.state <> 'recalled' then
            case when own.visible_to like '%%/protection' then d.receiver || '/protection'
                else there.visible_to end
            else '-' end as visible_to
    from disclosures_disclosedfact i
    join disclosures_disclosure d on d.id = i.disclosure_id
    join cases_fact own on own.id = i.fact_id
    join cases_case there on there.agency = d.receiver and there.matter = d.matter
    where not i.left_out and d.state in ('delivered', 'recalled')
),
copies as (
    select id, visible_to, state, text, bound_matter, bound_purpose, valid_to, disclosure
    from cases_fact where received_from <> ''
)
select 'copy_without_decision', 'cases_fact', c.id::text, '-', c.visible_to
    from copies c left join expected e on e.id = c.id where e.id is null
union all
select 'copy_missing', 'cases_fact', coalesce(e.id::text, e.decision::text), e.visible_to, ''
    from expected e left join copies c on c.id = e.id where c.id is null
union all
select 'seen_by_others_than_decided', 'cases_fact', c.id::text, e.visible_to, c.visible_to
    from copies c join expected e on e.id = c.id where c.visible_to <> e.visible_to
    -- Two persons may have locked it since, so that nobody sees it.
        and not (c.state = 'locked' and c.visible_to = '-')
union all
-- What was delivered and neither taken back, locked nor disposed of is seen by somebody.
select 'delivered_to_nobody', 'cases_fact', c.id::text, e.receiver, c.visible_to
    from copies c join expected e on e.id = c.id
    where e.decision_state = 'delivered' and c.state in ('current', 'replaced')
        and c.visible_to = '-'
union all
select 'says_other_than_decided', 'cases_fact', c.id::text, 'text', ''
    from copies c join expected e on e.id = c.id where c.text <> e.text
    -- What was disposed of on either side says nothing any more.
        and c.state <> 'disposed' and e.own_state <> 'disposed'
union all
select 'bound_otherwise_than_decided', 'cases_fact', c.id::text,
    concat_ws(' ', e.matter::text, e.purpose_group, e.valid_to::text),
    concat_ws(' ', c.bound_matter::text, c.bound_purpose, c.valid_to::text)
    from copies c join expected e on e.id = c.id
    where (c.bound_matter, c.bound_purpose) is distinct from (e.matter, e.purpose_group)
        or c.valid_to is distinct from e.valid_to
union all
select 'built_on_recalled', 'cases_fact', f.id::text, '-', f.visible_to
    from cases_fact f where f.derived_from <> '{}' and f.visible_to <> '-' and exists (
        select 1 from cases_fact s where s.id = any (f.derived_from) and s.state = 'recalled')
union all
select 'bound_less_than_its_source', 'cases_fact', f.id::text,
    coalesce(s.valid_to::text, ''), coalesce(f.valid_to::text, '')
    from cases_fact f join cases_fact s on s.id = any (f.derived_from)
    where f.received_from = '' and (f.bound_matter is distinct from s.bound_matter
        or not f.secrecy @> s.secrecy or not f.marks @> s.marks
        or (s.valid_to is not null and (f.valid_to is null or f.valid_to > s.valid_to)))
union all
select 'other_key_than_its_case', 'cases_fact', f.id::text, c.visible_to, f.visible_to
    from cases_fact f join cases_case c on c.id = f.case_id
    where f.received_from = '' and f.visible_to not in (c.visible_to, '-')
union all
select 'key_of_another_agency', 'cases_case', c.id::text, c.agency, c.visible_to
    from cases_case c where split_part(c.visible_to, '/', 1) not in (c.agency, '-')
union all
select 'key_of_another_agency', 'cases_fact', f.id::text, f.agency, f.visible_to
    from cases_fact f where split_part(f.visible_to, '/', 1) not in (f.agency, '-')
union all
select 'delivered_against_the_law', 'disclosures_disclosedfact', i.id::text, 'must_not', i.outcome
    from disclosures_disclosedfact i join disclosures_disclosure d on d.id = i.disclosure_id
    where not i.left_out and d.state in ('delivered', 'recalled')
        and not (i.outcome in ('public', 'must', 'may')
            or (i.outcome = 'may_after_balancing' and d.weighing <> ''))
union all
select 'receipt_without_decision', 'disclosures_receipt', r.id::text, '-', r.visible_to
    from disclosures_receipt r left join disclosures_disclosure d on d.exchange = r.exchange
    where d.id is null
union all
-- A rule asked for a second signature: it stands on what was delivered, and is another person's.
select 'delivered_without_signature', 'disclosures_disclosure', d.id::text, d.countersign, ''
    from disclosures_disclosure d
    where d.countersign <> '' and d.state in ('delivered', 'recalled') and not exists (
        select 1 from disclosures_review r where r.disclosure_id = d.id
        and r.kind = 'countersign' and r.rule = d.countersign and r.state = 'approved'
        and r.decided_by <> d.decided_by
        and r.version = d.version - case d.state when 'delivered' then 2 else 3 end)
