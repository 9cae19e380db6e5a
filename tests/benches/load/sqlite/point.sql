-- ?1 the reference; ?2 today; ?3, ?4, ?5 the days 90, 120 and 180 days before it.
SELECT json_object('followUpAction', json_object(
    'id', lower(hex(a.id)),
    'reference', a.reference,
    'kind', upper(a.kind),
    'title', a.title,
    'strength', upper(replace(a.strength, '-', '_')),
    'status', CASE
        WHEN a.status NOT IN ('delivered', 'dropped') AND max(a.said_on, coalesce(a.heard_on, a.said_on)) < CASE
            WHEN a.kind IN ('request', 'invitation') THEN ?3
            WHEN a.kind IN ('proposal', 'agreement') THEN ?5
            ELSE ?4 END THEN 'NO_EVIDENCE'
        ELSE upper(replace(a.status, '-', '_')) END,
    'overdue', json(iif(a.status NOT IN ('delivered', 'dropped') AND a.due_on < ?2, 'true', 'false')),
    'dueOn', a.due_on,
    'state', json_object('id', lower(hex(s.id)), 'code', s.code, 'name', s.name_en),
    'owner', iif(o.id IS NOT NULL, json_object('id', lower(hex(o.id)), 'name', o.name), NULL),
    'areas', (
        SELECT json_group_array(json_object('id', lower(hex(c.id)), 'slug', c.slug, 'name', c.name_en) ORDER BY c.position)
        FROM follow_up_action_area l
        JOIN cooperation_area c ON c.id = l.area_id
        WHERE l.action_id = a.id)))
FROM follow_up_action a
JOIN member_state s ON s.id = a.state_id
LEFT JOIN account o ON o.id = a.owner_id
WHERE a.reference = ?1
