-- A hundred cases as the API gives them, made by the database itself, without asking who may know what.
SELECT jsonb_build_object('id', file.id, 'zaaknummer', file.number, 'persoon', jsonb_build_object(
        'voornamen', person.first_names, 'tussenvoegsel', person.prefix, 'achternaam', person.surname, 'bsn', person.bsn,
        'geboortedatum', person.birth_date, 'geslacht', person.sex),
    'hoedanigheid', row.capacity,
    'gewijzigdOp', to_char(row.fed_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
    'fase', file.phase, 'begindatum', (file.entered_at AT TIME ZONE 'Europe/Amsterdam')::date,
    'verwachteBegindatum', file.announced_for, 'verwachteEinddatum', file.expected_release_on,
    'einddatum', (file.released_at AT TIME ZONE 'Europe/Amsterdam')::date,
    'inrichting', (SELECT jsonb_build_object('code', party.code, 'naam', party.name) FROM cases_caseparty stay
        JOIN parties_organisation party ON party.id = stay.party_id
        WHERE stay.case_id = row.case_id AND stay.capacity = 'inrichting' AND stay.until IS NULL LIMIT 1),
    'gemeenteHerkomst', CASE WHEN origin.id IS NOT NULL
        THEN jsonb_build_object('code', origin.code, 'naam', origin.name) END,
    'gemeenteHervestiging', CASE WHEN resettlement.id IS NOT NULL
        THEN jsonb_build_object('code', resettlement.code, 'naam', resettlement.name) END,
    'instroomtype', file.inflow_type, 'titel', file.custody_title, 'titelNaOntslag', file.post_release_title,
    'programma', file.programme,
    'reclassering', (SELECT coalesce(jsonb_agg(jsonb_build_object('code', party.code, 'naam', party.name)
            ORDER BY helper.since, helper.id), '[]') FROM cases_caseparty helper
        JOIN parties_organisation party ON party.id = helper.party_id
        WHERE helper.case_id = row.case_id AND helper.capacity = 'reclassering' AND helper.until IS NULL))::text
FROM cases_caseparty row
JOIN cases_case file ON file.id = row.case_id
JOIN cases_detainee person ON person.id = file.detainee_id
LEFT JOIN parties_organisation origin ON origin.id = file.origin_municipality_id
LEFT JOIN parties_organisation resettlement ON resettlement.id = file.resettlement_municipality_id
WHERE row.party_id = %(party)s AND row.is_open ORDER BY row.fed_at, row.id LIMIT 100
