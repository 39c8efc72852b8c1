-- Each case was opened once by its PI and once by its gemeente.
INSERT INTO parties_auditline (at, trace_id, span_id, user_id, organisation_id, role_kind, channel, action, object_kind,
    object_id, outcome, detail)
SELECT changed_at, md5('spoor' || n), left(md5('stap' || n || part_no), 16), CASE WHEN part_no = 1 THEN worker_id END, party_id,
    '', 'pagina', 'zaak-inzien', 'zaak', id::text, 'toegestaan', ''
FROM taking_part WHERE part_no <= 2;

INSERT INTO parties_processingline (at, trace_id, span_id, organisation_id, activity, subject_id, case_id, ground, domains,
    outcome)
SELECT changed_at, md5('spoor' || n), left(md5('stap' || n || part_no), 16), party_id, 'zaak-inzien', detainee_id, id, '', '{}',
    'toegestaan'
FROM taking_part WHERE part_no <= 2;
