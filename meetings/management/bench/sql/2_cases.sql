-- Cases "first" to "last": the first "open" of all are open, the rest is history. Chosen by arithmetic on the number.
CREATE TEMP TABLE fresh AS
SELECT n, n <= %(open)s AS is_open,
    pg_temp.key('zaak', n) AS id, pg_temp.key('persoon', n) AS detainee_id,
    pg_temp.key('pi', 1 + mod(n - 1, %(prisons)s)) AS prison_id,
    pg_temp.key('mens:pi:' || 1 + mod(n - 1, %(prisons)s), 1 + mod((n - 1) / %(prisons)s, 3)) AS worker_id,
    pg_temp.key('gemeente', origin) AS origin_id,
    CASE WHEN n = 1 THEN pg_temp.key('gemeente', 1000001)
        WHEN n <= 11 THEN pg_temp.key('gemeente', 1000010)
        WHEN n <= 61 THEN pg_temp.key('gemeente', 1000050)
        WHEN mod(n, 2) = 1 THEN pg_temp.key('gemeente', 1 + mod(origin, %(municipalities)s)) END AS resettlement_id,
    CASE WHEN mod(n, 2) = 0 THEN pg_temp.key('reclassering', 1 + mod(n / 2, %(probations)s)) END AS probation_id,
    entered_at, released_on,
    CASE WHEN n <= %(open)s THEN greatest(entered_at, %(at)s - mod(n * 37, 2880) * interval '1 minute')
        ELSE released_on + interval '3 days' + mod(n, 86400) * interval '1 second' END AS changed_at,
    %(on)s::date - 15 + mod(n * 11, 60)::int AS meeting_due_on
FROM generate_series(%(first)s::bigint, %(last)s::bigint) n
CROSS JOIN LATERAL (SELECT
    -- A few large gemeenten and many small ones.
    1 + floor(%(municipalities)s * power(mod(n * 7919, 10007) / 10007.0, 2))::int AS origin,
    CASE WHEN n <= %(open)s THEN %(at)s - (1 + mod(n * 17, 300)) * interval '1 day'
        ELSE %(at)s - (320 + mod(n * 17, 3330)) * interval '1 day' END AS entered_at) first_look
CROSS JOIN LATERAL (SELECT CASE WHEN n <= %(open)s THEN %(on)s::date + 1 + mod(n * 13, 400)::int
    ELSE entered_at::date + 30 + mod(n, 270)::int END AS released_on) second_look;
CREATE UNIQUE INDEX ON fresh (n);
ANALYZE fresh;

INSERT INTO cases_detainee (id, chain_number, first_names, prefix, surname, birth_date, sex)
SELECT detainee_id, 'M' || n,
    (ARRAY['Sem', 'Noor', 'Daan', 'Yara', 'Bram', 'Lotte', 'Milan', 'Fenna'])[1 + mod(n, 8)],
    (ARRAY['', 'van', 'de', 'van den'])[1 + mod(n / 8, 4)],
    (ARRAY['Berg', 'Linden', 'Akker', 'Veen', 'Dijk', 'Horst', 'Molen'])[1 + mod(n / 32, 7)] || n,
    '1960-01-01'::date + mod(n * 31, 16000)::int, 'm'
FROM fresh;

INSERT INTO cases_case (id, number, detainee_id, detention_number, inflow_type, custody_title, phase, programme, entered_at,
    expected_release_on, released_at, post_release_title, origin_municipality_id, origin_set_by_hand,
    resettlement_municipality_id, version, changed_at, phase_before, phase_reason, extramural_ground, programme_reason)
SELECT id, 'M-' || n, detainee_id, 'INS-M-' || n, 'preventief', 'gevangenisstraf',
    CASE WHEN is_open THEN (ARRAY['gescreend', 'plan-concept', 'monitoring', 'voor-ontslag'])[1 + mod(n, 4)]
        ELSE 'afgesloten' END,
    'basis', entered_at, released_on, CASE WHEN NOT is_open THEN released_on + interval '9 hours' END, '', origin_id, FALSE,
    resettlement_id, 1, changed_at, '', '', '', ''
FROM fresh;

INSERT INTO cases_facilitystay (id, case_id, detainee_id, facility_id, since, until)
SELECT pg_temp.key('verblijf', n), id, detainee_id, prison_id, entered_at,
    CASE WHEN NOT is_open THEN released_on + interval '9 hours' END
FROM fresh;

INSERT INTO cases_deadline (id, case_id, step, step_valid_from, capacity, round, starts_on, raw_due_on, due_on,
    skipped_days, explanation, status, closed_on, suspended_on, suspension_reason, pauses)
SELECT pg_temp.key('termijn:' || step || round, n), id, step, '2021-07-01', 'inrichting', round, starts_on, due_on, due_on,
    '{}', 'meting', status, CASE WHEN status = 'gehaald' THEN due_on END,
    CASE WHEN status = 'opgeschort' THEN %(on)s::date - 1 END, '', '[]'
FROM fresh, LATERAL (
    SELECT step, round, entered_at::date AS starts_on, due_on,
        CASE WHEN NOT is_open OR step = 'screening' OR due_on < %(on)s::date AND step <> 'mdo_cycle' THEN 'gehaald'
            WHEN step = 'mdo_cycle' AND mod(n, 40) = 0 THEN 'opgeschort' ELSE 'open' END AS status
    FROM (VALUES ('screening', 1, entered_at::date + 14), ('plan_adoption', 1, entered_at::date + 28),
        ('mdo_cycle', 1, CASE WHEN is_open THEN meeting_due_on ELSE entered_at::date + 42 END),
        ('promotion_earliest', 1, entered_at::date + 42), ('pre_release_check', 1, released_on - 56),
        ('pre_release_check', 2, released_on - 28), ('pre_release_check', 3, released_on - 7)
    ) AS term (step, round, due_on)) term;

CREATE TEMP TABLE taking_part AS
SELECT fresh.*, part.capacity, part.party_id, part.number AS part_no
FROM fresh, LATERAL (VALUES (1, 'inrichting', prison_id), (2, 'herkomst', origin_id),
    (3, 'reclassering', probation_id), (4, 'hervestiging', resettlement_id)) AS part (number, capacity, party_id)
WHERE part.party_id IS NOT NULL AND NOT (part.number = 4 AND resettlement_id = origin_id);

INSERT INTO cases_caseparty (case_id, party_id, capacity, assignment, on_title, named_only, unit, worker_id, since, is_open, next_deadline, changed_at,
    fed_at, in_feed)
SELECT id, party_id, capacity, '', capacity = 'reclassering', FALSE, '', CASE WHEN part_no = 1 AND mod(n, 4) > 0 THEN worker_id END, entered_at, is_open,
    CASE WHEN is_open THEN (SELECT min(due_on) FROM cases_deadline WHERE case_id = taking_part.id AND status = 'open'
        AND step <> 'promotion_earliest' AND (part_no = 1 OR step IN ('plan_adoption', 'pre_release_check'))) END,
    changed_at, changed_at, TRUE
FROM taking_part ORDER BY n, part_no;

INSERT INTO cases_casegrouppermission (content_object_id, group_id, permission_id)
SELECT taking_part.id, organisation.group_id, permission.id
FROM taking_part JOIN parties_organisation organisation ON organisation.id = party_id
JOIN auth_permission permission ON codename = CASE WHEN part_no = 1 THEN 'manage_case' ELSE 'contribute_case' END
WHERE is_open;

INSERT INTO cases_casetask (id, case_id, party_id, kind, explanation, opened_at)
SELECT pg_temp.key('taak:' || part_no, n), id, party_id,
    CASE part_no WHEN 1 THEN 'bsn-onbekend' ELSE 'beginmelding' END, '', entered_at
FROM taking_part WHERE is_open AND (part_no = 1 AND mod(n, 5) = 0 OR part_no = 2 AND mod(n, 10) = 1);
