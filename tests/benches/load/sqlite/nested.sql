-- ?1 the codes of the states; ?2 today; ?3, ?4, ?5 the days 90, 120 and 180 days before it.
SELECT json_object('memberStates', json_object('nodes', json_group_array(json_object(
    'id', lower(hex(s.id)),
    'code', s.code,
    'name', s.name_en,
    'meetings', json_object('nodes', (
        SELECT json_group_array(json_object(
            'id', lower(hex(m.id)),
            'kind', upper(m.kind),
            'title', m.title,
            'heldOn', m.held_on,
            'place', m.place,
            'participations', (
                SELECT json_group_array(json_object(
                    'role', upper(p.role),
                    'person', iif(w.id IS NOT NULL, json_object('id', lower(hex(w.id)), 'name', coalesce((
                        SELECT n.name FROM record_name n
                        WHERE n.record_id = w.id AND n.language = 'en' AND n.role IN ('official', 'alias') LIMIT 1), w.label)), NULL),
                    'organization', iif(o.id IS NOT NULL, json_object('id', lower(hex(o.id)), 'name', coalesce((
                        SELECT n.name FROM record_name n
                        WHERE n.record_id = o.id AND n.language = 'en' AND n.role IN ('official', 'alias') LIMIT 1), o.label)), NULL)) ORDER BY p.id)
                FROM participation p
                LEFT JOIN person w ON w.id = p.person_id
                LEFT JOIN organization o ON o.id = p.organization_id
                WHERE p.meeting_id = m.id)) ORDER BY m.held_on DESC NULLS LAST, m.id DESC)
        FROM (
            SELECT m.id, m.kind, m.title, m.held_on, m.place
            FROM meeting_state part
            JOIN meeting m ON m.id = part.meeting_id
            WHERE part.state_id = s.id
            ORDER BY part.held_on DESC NULLS LAST, part.meeting_id DESC LIMIT 5) m)),
    'followUpActions', json_object('nodes', (
        SELECT json_group_array(json_object(
            'id', lower(hex(a.id)),
            'reference', a.reference,
            'kind', upper(a.kind),
            'title', a.title,
            'strength', upper(replace(a.strength, '-', '_')),
            'status', CASE
                WHEN max(a.said_on, coalesce(a.heard_on, a.said_on)) < CASE
                    WHEN a.kind IN ('request', 'invitation') THEN ?3
                    WHEN a.kind IN ('proposal', 'agreement') THEN ?5
                    ELSE ?4 END THEN 'NO_EVIDENCE'
                ELSE upper(replace(a.status, '-', '_')) END,
            'overdue', json(iif(a.due_on < ?2, 'true', 'false')),
            'dueOn', a.due_on) ORDER BY a.due_on NULLS LAST, a.id)
        FROM (
            SELECT id, reference, kind, title, strength, status, said_on, heard_on, due_on
            FROM follow_up_action
            WHERE state_id = s.id AND status NOT IN ('delivered', 'dropped')
            ORDER BY due_on NULLS LAST, id LIMIT 10) a))) ORDER BY s.code)))
FROM (
    SELECT id, code, name_en FROM member_state
    WHERE code IN (SELECT value FROM json_each(?1)) ORDER BY code LIMIT 20) s
