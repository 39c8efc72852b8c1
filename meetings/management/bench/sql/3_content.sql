-- What is known, decided and planned about the fresh cases: ten consents, six domains, a plan with three actions each.
INSERT INTO consent_consent (easy_form, form_language, id, case_id, domain, recipient_id, answer, given_at, sequence, declaration_number,
    text_version, evidence, language, explained_how, representative, recorded_at, recorded_by_id, recorded_for_id,
    withdrawn_at, withdrawal_reason, valid_until)
SELECT FALSE, 'nl', pg_temp.key('toestemming:' || part_no || domain, n), id, domain, party_id,
    CASE WHEN NOT to_the_full AND mod(n + turn, 4) = 0 THEN 'geweigerd' ELSE 'gegeven' END,
    entered_at + interval '1 hour', n * 20 + part_no * 7 + turn, 'TV-M-' || n, '1', 'ondertekend', 'Nederlands', '', '',
    entered_at + interval '1 hour', worker_id, prison_id,
    CASE WHEN NOT to_the_full AND mod(n + turn, 10) = 7 THEN greatest(entered_at + interval '2 hours', changed_at) END, '',
    CASE WHEN NOT is_open THEN released_on + interval '1 year' END
FROM (SELECT *, part_no = 4 AND n <= 61 AS to_the_full FROM taking_part) AS taking_part,
    unnest(%(domains)s::text[]) WITH ORDINALITY AS asked (domain, turn)
WHERE part_no > 1 AND (turn <= 5 OR to_the_full);

INSERT INTO plans_domainrecord (id, case_id, owner_id, domain, version, created_at, changed_at, status, support_answer,
    support_request, question_set, facts, recorded_by_id)
SELECT pg_temp.key('leefgebied:' || domain, n), id, prison_id, domain, 1, entered_at, changed_at,
    (ARRAY['op-orde', 'aandacht', 'dringend'])[1 + mod(n + turn, 3)], 'ja', 'Hulpvraag ' || n || ' over ' || domain,
    %(question_set)s, '{}', worker_id
FROM fresh, unnest(%(six)s::text[]) WITH ORDINALITY AS asked (domain, turn);

INSERT INTO plans_plan (id, case_id, owner_id, domain, version, created_at, changed_at, state, lead_id, care_part,
    security_part, reintegration_part, detainee_view, detainee_note, adopted_on, adopted_number)
SELECT pg_temp.key('plan', n), id, prison_id, '', 1, entered_at, changed_at, 'vastgesteld', origin_id, 'zorg', 'veiligheid',
    'terugkeer', 'akkoord', '', entered_at::date + 28, 1
FROM fresh;

INSERT INTO plans_goal (id, case_id, owner_id, plan_id, domain, version, created_at, changed_at, kind, text, state)
SELECT pg_temp.key('doel:' || turn, n), id, prison_id, pg_temp.key('plan', n), (%(six)s::text[])[1 + mod(n + turn, 6)], 1,
    entered_at, changed_at, 're-integratie', 'Doel ' || turn, CASE WHEN is_open THEN 'open' ELSE 'bereikt' END
FROM fresh, generate_series(1, 2) turn;

INSERT INTO plans_action (id, case_id, owner_id, goal_id, assignee_id, domain, version, created_at, changed_at, text,
    due_on, state, result, closed_at, closed_by)
SELECT pg_temp.key('actie:' || part_no, n), id, prison_id, pg_temp.key('doel:1', n), party_id,
    (%(six)s::text[])[1 + mod(n + part_no, 6)], 1, entered_at, changed_at, 'Actie van partij ' || part_no,
    CASE WHEN is_open THEN %(on)s::date - 5 + mod(n * 7 + part_no, 50)::int ELSE entered_at::date + 60 END,
    CASE WHEN is_open THEN 'open' ELSE 'gedaan' END, '', CASE WHEN NOT is_open THEN changed_at END, ''
FROM taking_part WHERE part_no <> 4 OR probation_id IS NULL;

-- The first case has little on it, the second ten of everything, the third fifty.
INSERT INTO plans_action (id, case_id, owner_id, goal_id, assignee_id, domain, version, created_at, changed_at, text,
    due_on, state, result, closed_by)
SELECT pg_temp.key('extra actie:' || turn, n), id, prison_id, pg_temp.key('doel:1', n), prison_id,
    (%(six)s::text[])[1 + mod(turn, 6)], 1, entered_at, changed_at, 'Extra actie ' || turn, %(on)s::date + turn, 'open', '', ''
FROM fresh JOIN (VALUES (2, 10), (3, 50)) AS many (case_number, extra) ON case_number = n, generate_series(1, extra) turn;
INSERT INTO cases_casetask (id, case_id, party_id, kind, explanation, opened_at)
SELECT pg_temp.key('extra taak:' || turn, n), id, prison_id, 'bsn-onbekend', '', entered_at + turn * interval '1 minute'
FROM fresh JOIN (VALUES (2, 10), (3, 50)) AS many (case_number, extra) ON case_number = n, generate_series(1, extra) turn;
