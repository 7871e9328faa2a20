answers as materialized (
    -- The law's answers, each once, by their place in the list.
    select a.place - 1 as place, a.said ->> 'outcome' as outcome, a.said ->> 'test' as test,
        (a.said ->> 'duty')::boolean as duty, a.said -> 'question' as question,
        a.said -> 'steps' as steps,
        array(select jsonb_array_elements_text(a.said -> 'grounds')) as grounds,
        array(select jsonb_array_elements_text(a.said -> 'excluded_by')) as excluded_by
    from jsonb_array_elements(%(answers)s::jsonb) with ordinality as a(said, place)
)
