-- ?1 the codes of the states; ?2 the kinds; ?3 today; ?4, ?5, ?6 the days 90, 120 and 180 days before it.
WITH late AS MATERIALIZED (
    SELECT id, due_on
    FROM follow_up_action
    WHERE state_id IN (SELECT id FROM member_state WHERE code IN (SELECT value FROM json_each(?1)))
        AND kind IN (SELECT value FROM json_each(?2)) AND due_on < ?3 AND status NOT IN ('delivered', 'dropped'))
SELECT json_object('followUpActions', json_object(
    'totalCount', (SELECT count(*) FROM late),
    'nodes', json_group_array(json_object(
        'id', lower(hex(a.id)),
        'reference', a.reference,
        'kind', upper(a.kind),
        'title', a.title,
        'strength', upper(replace(a.strength, '-', '_')),
        'status', CASE
            WHEN max(a.said_on, coalesce(a.heard_on, a.said_on)) < CASE
                WHEN a.kind IN ('request', 'invitation') THEN ?4
                WHEN a.kind IN ('proposal', 'agreement') THEN ?6
                ELSE ?5 END THEN 'NO_EVIDENCE'
            ELSE upper(replace(a.status, '-', '_')) END,
        'awaits', upper(a.awaits),
        'dueOn', a.due_on,
        'state', json_object('id', lower(hex(s.id)), 'code', s.code, 'name', s.name_en),
        'owner', iif(o.id IS NOT NULL, json_object('id', lower(hex(o.id)), 'name', o.name), NULL),
        'areas', (
            SELECT json_group_array(json_object('id', lower(hex(c.id)), 'slug', c.slug, 'name', c.name_en) ORDER BY c.position)
            FROM follow_up_action_area l
            JOIN cooperation_area c ON c.id = l.area_id
            WHERE l.action_id = a.id),
        'meeting', iif(m.id IS NOT NULL, json_object('id', lower(hex(m.id)), 'title', m.title, 'heldOn', m.held_on), NULL))
        ORDER BY a.due_on, a.id)))
FROM (SELECT id FROM late ORDER BY due_on, id LIMIT 50) page
CROSS JOIN follow_up_action a ON a.id = page.id
JOIN member_state s ON s.id = a.state_id
LEFT JOIN account o ON o.id = a.owner_id
LEFT JOIN meeting m ON m.id = a.meeting_id
