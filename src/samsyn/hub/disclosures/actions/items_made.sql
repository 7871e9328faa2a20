-- One row for each fact of a draft, with its text as it is and the law's answer.
with answers
wanted as (
    select * from unnest(%(facts)s::uuid[], %(places)s::int[], %(left_out)s::boolean[],
        %(asked)s::text[]) as w(fact, place, left_out, asked)
)
insert into disclosures_disclosedfact (id, visible_to, disclosure_id, fact_id, text, left_out,
    with_files, answers, secrecy, marks, outcome, test, duty, grounds, excluded_by, question, steps)
select gen_random_uuid(), f.visible_to, %(disclosure)s::uuid, f.id, f.text, w.left_out, false, w.asked,
    f.secrecy, f.marks, a.outcome, a.test, a.duty, a.grounds, a.excluded_by, a.question, a.steps
from wanted w
join cases_fact f on f.id = w.fact
join answers a on a.place = w.place
