-- Other answers of the law for the facts of a draft.
with answers
wanted as (
    select * from unnest(%(items)s::uuid[], %(places)s::int[], %(left_out)s::boolean[])
        as w(id, place, left_out)
)
update disclosures_disclosedfact i set left_out = w.left_out, outcome = a.outcome, test = a.test,
    duty = a.duty, grounds = a.grounds, excluded_by = a.excluded_by, question = a.question,
    steps = a.steps
from wanted w join answers a on a.place = w.place
where i.id = w.id and i.disclosure_id = %(disclosure)s::uuid
