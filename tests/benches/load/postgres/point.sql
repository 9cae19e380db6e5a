-- $1 the reference; $2 today; $3, $4, $5 the days 90, 120 and 180 days before it.
SELECT json_build_object('followUpAction', json_build_object(
    'id', a.id,
    'reference', a.reference,
    'kind', upper(a.kind),
    'title', a.title,
    'strength', upper(replace(a.strength, '-', '_')),
    'status', CASE
        WHEN a.status NOT IN ('delivered', 'dropped') AND greatest(a.said_on, a.heard_on) < CASE
            WHEN a.kind IN ('request', 'invitation') THEN $3::date
            WHEN a.kind IN ('proposal', 'agreement') THEN $5::date
            ELSE $4::date END THEN 'NO_EVIDENCE'
        ELSE upper(replace(a.status, '-', '_')) END,
    'overdue', a.status NOT IN ('delivered', 'dropped') AND coalesce(a.due_on < $2::date, false),
    'dueOn', a.due_on,
    'state', json_build_object('id', s.id, 'code', s.code, 'name', s.name_en),
    'owner', CASE WHEN o.id IS NOT NULL THEN json_build_object('id', o.id, 'name', o.name) END,
    'areas', (
        SELECT coalesce(json_agg(json_build_object('id', c.id, 'slug', c.slug, 'name', c.name_en) ORDER BY c.position), '[]')
        FROM follow_up_action_area l
        JOIN cooperation_area c ON c.id = l.area_id
        WHERE l.action_id = a.id)))::text
FROM follow_up_action a
JOIN member_state s ON s.id = a.state_id
LEFT JOIN account o ON o.id = a.owner_id
WHERE a.reference = $1
