-- What an officer has chosen for the facts of a draft.
update disclosures_disclosedfact i set left_out = w.left_out, text = w.text,
    with_files = w.with_files
from unnest(%(items)s::uuid[], %(left_out)s::boolean[], %(texts)s::text[], %(files)s::boolean[])
    as w(id, left_out, text, with_files)
where i.id = w.id
