-- The numbers of every party at once, without asking who may know of an action.
SELECT party_id, count(*), count(*) FILTER (WHERE next_deadline < %(on)s),
    count(*) FILTER (WHERE next_deadline = %(on)s),
    count(*) FILTER (WHERE next_deadline > %(on)s AND next_deadline <= %(soon)s),
    count(*) FILTER (WHERE EXISTS (SELECT FROM plans_action act
        WHERE act.case_id = row.case_id AND act.state = 'open' AND act.assignee_id <> row.party_id)),
    count(*) FILTER (WHERE EXISTS (SELECT FROM cases_deadline term
        WHERE term.case_id = row.case_id AND term.status = 'opgeschort'))
FROM cases_caseparty row WHERE row.is_open GROUP BY party_id
