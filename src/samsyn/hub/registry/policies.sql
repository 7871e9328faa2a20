-- Firms, workplaces, persons, vehicles and addresses: each agency has rows of its own.
call guard_received_rows('registry_entity');
grant select, insert on registry_entity to samsyn_web;
grant update (name, number, number_kind, certain, protected, address, municipality, note,
    part_of_id, search, visible_to) on registry_entity to samsyn_web;
