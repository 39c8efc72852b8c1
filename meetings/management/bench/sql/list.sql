-- The page of a worklist as one would write it by hand, without asking who may see it, in which role and since when.
SELECT row.id, row.next_deadline, file.id, file.number, file.phase, file.expected_release_on, person.surname,
    person.first_names, person.prefix, person.birth_date, origin.name, worker.name,
    (SELECT party.name FROM cases_caseparty stay JOIN parties_organisation party ON party.id = stay.party_id
        WHERE stay.case_id = row.case_id AND stay.capacity = 'inrichting' AND stay.until IS NULL LIMIT 1),
    (SELECT step FROM cases_deadline term WHERE term.case_id = row.case_id AND term.status = 'open'
        AND term.due_on = row.next_deadline AND term.step = ANY(%(steps)s) ORDER BY step, round LIMIT 1),
    row.key
FROM cases_caseparty row
JOIN cases_case file ON file.id = row.case_id
JOIN cases_detainee person ON person.id = file.detainee_id
LEFT JOIN parties_organisation origin ON origin.id = file.origin_municipality_id
LEFT JOIN parties_user worker ON worker.id = row.worker_id
WHERE row.party_id = %(party)s AND row.is_open
ORDER BY row.next_deadline NULLS LAST, row.id LIMIT %(size)s
