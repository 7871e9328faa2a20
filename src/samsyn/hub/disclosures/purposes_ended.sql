-- What came in and is not yet noted as ended, although its case is closed or its last day passed.
select r.id from disclosures_receipt r join cases_case c on c.id = r.case_id
where r.state = 'received' and r.ended_on is null
    and (c.state in ('closed', 'archived') or r.valid_to < %(day)s)
order by r.id limit %(most)s
