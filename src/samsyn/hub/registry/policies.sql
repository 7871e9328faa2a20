-- Firms, workplaces, persons, vehicles and addresses: each agency has rows of its own.
call guard_received_rows('registry_entity');
grant select, insert on registry_entity to samsyn_web;
grant update (name, number, number_kind, certain, protected, address, municipality, note,
    part_of_id, search, visible_to) on registry_entity to samsyn_web;

-- The words of a register number, as samsyn.hub.registry.searching has them: for numbers that the
-- database itself gives. Numbers have no words of their own, so nothing of Swedish is lost here.
create or replace function registry_number_words(number text) returns tsvector
language sql immutable as $$
    select array_to_tsvector(array(
        select part from regexp_split_to_table(translate(lower(number), 'åäö', 'aao'), '[^a-z0-9]+')
            part where part <> ''
        union select ltrim(part, '0') from regexp_split_to_table(number, '[^0-9]+') part
            where ltrim(part, '0') <> ''
    ))
$$;
