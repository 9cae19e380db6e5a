-- $1 the codes of the states; $2 today; $3, $4, $5 the days 90, 120 and 180 days before it.
SELECT json_build_object('memberStates', json_build_object('nodes', coalesce(json_agg(json_build_object(
    'id', s.id,
    'code', s.code,
    'name', s.name_en,
    'meetings', json_build_object('nodes', met.nodes),
    'followUpActions', json_build_object('nodes', due.nodes)) ORDER BY s.code), '[]')))::text
FROM (SELECT id, code, name_en FROM member_state WHERE code = ANY ($1) ORDER BY code LIMIT 20) s
CROSS JOIN LATERAL (
    SELECT coalesce(json_agg(json_build_object(
        'id', m.id,
        'kind', upper(m.kind),
        'title', m.title,
        'heldOn', m.held_on,
        'place', m.place,
        'participations', (
            SELECT coalesce(json_agg(json_build_object(
                'role', upper(p.role),
                'person', CASE WHEN w.id IS NOT NULL THEN json_build_object('id', w.id, 'name', coalesce((
                    SELECT n.name FROM record_name n
                    WHERE n.record_id = w.id AND n.language = 'en' AND n.role IN ('official', 'alias') LIMIT 1), w.label)) END,
                'organization', CASE WHEN o.id IS NOT NULL THEN json_build_object('id', o.id, 'name', coalesce((
                    SELECT n.name FROM record_name n
                    WHERE n.record_id = o.id AND n.language = 'en' AND n.role IN ('official', 'alias') LIMIT 1), o.label)) END) ORDER BY p.id), '[]')
            FROM participation p
            LEFT JOIN person w ON w.id = p.person_id
            LEFT JOIN organization o ON o.id = p.organization_id
            WHERE p.meeting_id = m.id)) ORDER BY m.held_on DESC NULLS LAST, m.id DESC), '[]') AS nodes
    FROM (
        SELECT meeting.id, meeting.kind, meeting.title, meeting.held_on, meeting.place
        FROM meeting_state part JOIN meeting ON meeting.id = part.meeting_id
        WHERE part.state_id = s.id
        ORDER BY part.held_on DESC NULLS LAST, part.meeting_id DESC LIMIT 5) m) met
CROSS JOIN LATERAL (
    SELECT coalesce(json_agg(json_build_object(
        'id', a.id,
        'reference', a.reference,
        'kind', upper(a.kind),
        'title', a.title,
        'strength', upper(replace(a.strength, '-', '_')),
        'status', CASE
            WHEN greatest(a.said_on, a.heard_on) < CASE
                WHEN a.kind IN ('request', 'invitation') THEN $3::date
                WHEN a.kind IN ('proposal', 'agreement') THEN $5::date
                ELSE $4::date END THEN 'NO_EVIDENCE'
            ELSE upper(replace(a.status, '-', '_')) END,
        'overdue', coalesce(a.due_on < $2::date, false),
        'dueOn', a.due_on) ORDER BY a.due_on, a.id), '[]') AS nodes
    FROM (
        SELECT id, reference, kind, title, strength, status, said_on, heard_on, due_on
        FROM follow_up_action
        WHERE state_id = s.id AND status NOT IN ('delivered', 'dropped')
        ORDER BY due_on, id LIMIT 10) a) due
