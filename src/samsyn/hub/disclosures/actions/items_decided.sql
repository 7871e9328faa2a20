-- What leaves: the decided text, the fact's secrecy and marks as they are now, the law's answer.
with answers
wanted as (
    select * from unnest(%(items)s::uuid[], %(texts)s::text[], %(places)s::int[],
        %(files)s::boolean[], %(words)s::text[]) as w(id, text, place, with_files, words)
),
stays as (
    update disclosures_disclosedfact set left_out = true
    where disclosure_id = %(disclosure)s::uuid and not left_out
        and id <> all (%(items)s::uuid[])
)
update disclosures_disclosedfact i set left_out = false, text = w.text, secrecy = f.secrecy,
    marks = f.marks, with_files = w.with_files, outcome = a.outcome, test = a.test,
    duty = a.duty, grounds = a.grounds, excluded_by = a.excluded_by, question = a.question,
    steps = a.steps, search = array_to_tsvector(string_to_array(w.words, ' '))
from wanted w join answers a on a.place = w.place, cases_fact f
where i.id = w.id and f.id = i.fact_id and i.disclosure_id = %(disclosure)s::uuid
