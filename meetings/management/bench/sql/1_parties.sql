-- Organisations with their people. Once per database.
CREATE TEMP TABLE party AS
    SELECT 'pi' AS kind, n AS number, 'Inrichting ' || n AS name FROM generate_series(1, %(prisons)s) n
    UNION ALL SELECT 'gemeente', n, 'Gemeente ' || n FROM generate_series(1, %(municipalities)s) n
    UNION ALL SELECT 'reclassering', n, 'Reclassering ' || n FROM generate_series(1, %(probations)s) n
    -- Three more gemeenten with exactly 1, 10 and 50 cases, each of them shared to the full.
    UNION ALL SELECT 'gemeente', 1000000 + n, 'Gemeente met ' || n FROM unnest(ARRAY[1, 10, 50]) n;

INSERT INTO auth_group (name) SELECT kind || ':' || number FROM party;

INSERT INTO parties_organisation (
    id, kind, code, name, parent_name, place, region, facility_kinds, verified, email, phone, connected_since, group_id)
SELECT pg_temp.key(party.kind, number), party.kind, number::text, party.name, '', party.name, '', '{}', TRUE,
    party.kind || number || '@meting.test', '', '2020-03-31', auth_group.id
FROM party JOIN auth_group ON auth_group.name = party.kind || ':' || number;

CREATE TEMP TABLE person AS
    SELECT kind, number, place, pg_temp.key('mens:' || kind || ':' || number, place) AS id
    FROM party, generate_series(1, 3) place WHERE kind = 'pi' OR place = 1;

INSERT INTO parties_user (id, email, name, phone, password, is_active, is_staff, is_superuser, date_joined)
SELECT id, kind || number || '.' || place || '@meting.test', 'Medewerker ' || place || ' van ' || kind || ' ' || number,
    '', '!', TRUE, FALSE, FALSE, %(at)s
FROM person;

INSERT INTO parties_role (id, user_id, organisation_id, kind, since, unit)
SELECT pg_temp.key('rol:' || kind || ':' || number, place), id, pg_temp.key(kind, number),
    CASE kind WHEN 'pi' THEN (ARRAY['casemanager', 'casemanager', 'afdelingshoofd'])[place]
        WHEN 'gemeente' THEN 'coordinator-nazorg' ELSE 'reclasseringswerker' END,
    '2020-01-01', ''
FROM person;

INSERT INTO cases_notification (event, stage, kind, organisation_id, recipient_id, channel, resource, created_at,
    deliver_from, attempts, delivered_at, failure)
SELECT 'meting:' || n, '', 'termijn', pg_temp.key(kind, number), id, 'app', '/', %(at)s, %(at)s, 0, %(at)s, ''
FROM person, generate_series(1, 5) n;
