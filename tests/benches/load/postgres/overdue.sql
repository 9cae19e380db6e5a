-- $1 the codes of the states; $2 the kinds; $3 today; $4, $5, $6 the days 90, 120 and 180 days before it.
WITH late AS MATERIALIZED (
    SELECT id, due_on
    FROM follow_up_action
    WHERE state_id = ANY (ARRAY(SELECT id FROM member_state WHERE code = ANY ($1)))
        AND kind = ANY ($2) AND due_on < $3::date AND status NOT IN ('delivered', 'dropped'))
SELECT json_build_object('followUpActions', json_build_object(
    'totalCount', (SELECT count(*) FROM late),
    'nodes', coalesce(json_agg(json_build_object(
        'id', a.id,
        'reference', a.reference,
        'kind', upper(a.kind),
        'title', a.title,
        'strength', upper(replace(a.strength, '-', '_')),
        'status', CASE
            WHEN greatest(a.said_on, a.heard_on) < CASE
                WHEN a.kind IN ('request', 'invitation') THEN $4::date
                WHEN a.kind IN ('proposal', 'agreement') THEN $6::date
                ELSE $5::date END THEN 'NO_EVIDENCE'
            ELSE upper(replace(a.status, '-', '_')) END,
        'awaits', upper(a.awaits),
        'dueOn', a.due_on,
        'state', json_build_object('id', s.id, 'code', s.code, 'name', s.name_en),
        'owner', CASE WHEN o.id IS NOT NULL THEN json_build_object('id', o.id, 'name', o.name) END,
        'areas', (
            SELECT coalesce(json_agg(json_build_object('id', c.id, 'slug', c.slug, 'name', c.name_en) ORDER BY c.position), '[]')
            FROM follow_up_action_area l
            JOIN cooperation_area c ON c.id = l.area_id
            WHERE l.action_id = a.id),
        'meeting', CASE WHEN m.id IS NOT NULL THEN json_build_object('id', m.id, 'title', m.title, 'heldOn', m.held_on) END)
        ORDER BY a.due_on, a.id), '[]')))::text
FROM (SELECT id FROM late ORDER BY due_on, id LIMIT 50) page
JOIN follow_up_action a ON a.id = page.id
JOIN member_state s ON s.id = a.state_id
LEFT JOIN account o ON o.id = a.owner_id
LEFT JOIN meeting m ON m.id = a.meeting_id
