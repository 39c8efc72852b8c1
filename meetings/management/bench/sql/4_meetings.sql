-- Every case was discussed once, forty to a meeting; the first forty open cases of a PI stand on its next agenda as well.
CREATE TEMP TABLE item AS
SELECT fresh.*, (n - 1) / %(prisons)s AS turn, 1 + mod(n - 1, %(prisons)s) AS prison, FALSE AS is_planned FROM fresh
UNION ALL SELECT fresh.*, (n - 1) / %(prisons)s, 1 + mod(n - 1, %(prisons)s), TRUE FROM fresh WHERE n <= 40 * %(prisons)s AND is_open;

CREATE TEMP TABLE on_agenda AS
SELECT *, pg_temp.key('overleg:' || is_planned || ':' || prison, turn / 40) AS meeting_id,
    pg_temp.key('agendapunt:' || is_planned, n) AS item_id FROM item;

INSERT INTO meetings_meeting (id, organisation_id, kind, starts_at, place, link, minutes_per_item, chair_id, state, held_at,
    chaired_by_id, cancel_reason, version)
SELECT DISTINCT ON (meeting_id) meeting_id, prison_id, 'mdo',
    CASE WHEN is_planned THEN %(at)s + interval '7 days' ELSE %(at)s - (28 + turn / 40) * interval '1 day' END, 'Zaal 1', '', 10,
    pg_temp.key('mens:pi:' || prison, 3), CASE WHEN is_planned THEN 'gepland' ELSE 'gehouden' END,
    CASE WHEN NOT is_planned THEN %(at)s - (28 + turn / 40) * interval '1 day' END,
    CASE WHEN NOT is_planned THEN pg_temp.key('mens:pi:' || prison, 3) END, '', 1
FROM on_agenda ON CONFLICT (id) DO NOTHING;

INSERT INTO meetings_agendaitem (id, meeting_id, case_id, owner_id, domain, version, created_at, changed_at, position, kind,
    minutes, discussed)
SELECT item_id, meeting_id, id, prison_id, '', 1, entered_at, changed_at, 1 + mod(turn, 40), 'zesweken', 10, NOT is_planned
FROM on_agenda;

INSERT INTO meetings_invitation (id, item_id, case_id, organisation_id, invited_at, answer)
SELECT pg_temp.key('uitnodiging:' || is_planned, n), item_id, id, origin_id, entered_at, 'komt' FROM on_agenda;

INSERT INTO meetings_decision (id, item_id, case_id, owner_id, domain, version, created_at, changed_at, kind, text, decided_at)
SELECT pg_temp.key('besluit', n), item_id, id, prison_id, (%(six)s::text[])[1 + mod(n, 6)], 1, entered_at, changed_at,
    'voortzetten', 'Besluit ' || n, changed_at
FROM on_agenda WHERE NOT is_planned;

-- The gemeente with fifty cases got an informatieblad about each.
INSERT INTO plans_informationsheet (id, case_id, owner_id, recipient_id, domain, version, created_at, changed_at, kind, number,
    state, issued_at, contact)
SELECT pg_temp.key('blad', n), id, prison_id, resettlement_id, '', 1, entered_at, changed_at, 'informatieblad', 1, 'verzonden', changed_at, ''
FROM fresh WHERE n BETWEEN 12 AND 61;

INSERT INTO plans_sheetpart (id, case_id, owner_id, sheet_id, recipient_id, domain, version, created_at, changed_at, ground,
    content)
SELECT pg_temp.key('bladdeel:' || domain, n), id, prison_id, pg_temp.key('blad', n), resettlement_id, domain, 1, entered_at,
    changed_at, 'toestemming (TV-M-' || n || ')', jsonb_build_object('vragenset', %(question_set)s, 'hulpvraag', 'Ja',
    'toelichting', 'Hulpvraag ' || n || ' over ' || domain, 'gegevens', '[]'::jsonb)
FROM fresh, unnest(%(six)s::text[]) domain WHERE n BETWEEN 12 AND 61;
