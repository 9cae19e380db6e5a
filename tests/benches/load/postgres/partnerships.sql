-- $1 today; $2, $3, $4 the days 90, 120 and 180 days before it; $5 the day a year before it.
WITH by_owner AS MATERIALIZED (
    SELECT state_id, owner_id,
        min(said_on) AS first_said,
        max(said_on) AS last_said,
        count(*) FILTER (WHERE open) AS open,
        count(*) FILTER (WHERE open AND due_on < $1::date) AS overdue,
        count(*) FILTER (WHERE silent) AS silent,
        count(*) FILTER (WHERE silent AND awaits = 'ours' AND kind NOT IN ('commitment', 'agreement', 'plan')) AS unanswered,
        count(*) FILTER (WHERE disputed) AS disputed,
        count(*) FILTER (WHERE status = 'delivered') AS delivered,
        count(*) FILTER (WHERE status = 'dropped') AS dropped,
        min(due_on) FILTER (WHERE open AND due_on >= $1::date) AS next_due
    FROM (
        SELECT a.*, status NOT IN ('delivered', 'dropped') AS open,
            status NOT IN ('delivered', 'dropped') AND greatest(said_on, heard_on) < CASE
                WHEN kind IN ('request', 'invitation') THEN $2::date
                WHEN kind IN ('proposal', 'agreement') THEN $4::date
                ELSE $3::date END AS silent
        FROM follow_up_action a
        WHERE said_on <= $1::date) stood
    GROUP BY state_id, owner_id
), acted AS (
    SELECT state_id, min(first_said) AS first_said, max(last_said) AS last_said, sum(open) AS open, sum(overdue) AS overdue,
        sum(silent) AS silent, sum(unanswered) AS unanswered, sum(disputed) AS disputed, sum(delivered) AS delivered,
        sum(dropped) AS dropped, min(next_due) AS next_due
    FROM by_owner
    GROUP BY state_id
), owned AS (
    SELECT DISTINCT ON (state_id) state_id, owner_id
    FROM by_owner
    WHERE owner_id IS NOT NULL AND open > 0
    ORDER BY state_id, open DESC, owner_id
), alive AS (
    SELECT state_id, string_agg(c.name_en, ', ' ORDER BY c.position) AS areas
    FROM (
        SELECT DISTINCT a.state_id, l.area_id
        FROM follow_up_action a
        JOIN follow_up_action_area l ON l.action_id = a.id
        WHERE a.said_on <= $1::date AND a.status NOT IN ('delivered', 'dropped')) open
    JOIN cooperation_area c ON c.id = open.area_id
    GROUP BY state_id
), met AS (
    SELECT part.state_id, min(m.held_on) AS first_held, max(m.held_on) AS last_held,
        count(*) FILTER (WHERE m.held_on > $5::date) AS in_year
    FROM meeting_state part
    JOIN meeting m ON m.id = part.meeting_id
    WHERE m.held_on <= $1::date
    GROUP BY part.state_id
), stated AS (
    SELECT DISTINCT ON (t.state_id) t.state_id, t.standing
    FROM standing t
    JOIN organization h ON h.id = t.organization_id AND h.is_host
    WHERE t.stated_on IS NULL OR t.stated_on <= $1::date
    ORDER BY t.state_id, t.stated_on DESC NULLS LAST, t.id DESC
), partnership AS (
    SELECT s.id, s.name_en AS name, replace(coalesce(stated.standing, 'unknown'), '-', ' ') AS standing,
        $1::date - least(acted.first_said, met.first_held) AS since_first,
        $1::date - greatest(acted.last_said, met.last_held) AS since_last,
        greatest(acted.last_said, met.last_held) AS last_contact,
        coalesce(met.in_year, 0) AS in_year, coalesce(acted.open, 0) AS open, coalesce(acted.overdue, 0) AS overdue,
        coalesce(acted.silent, 0) AS silent, coalesce(acted.unanswered, 0) AS unanswered,
        coalesce(acted.disputed, 0) AS disputed, coalesce(acted.delivered, 0) AS delivered,
        coalesce(acted.dropped, 0) AS dropped, acted.next_due, alive.areas, o.id AS owner_id, o.name AS owner
    FROM member_state s
    LEFT JOIN acted ON acted.state_id = s.id
    LEFT JOIN met ON met.state_id = s.id
    LEFT JOIN alive ON alive.state_id = s.id
    LEFT JOIN stated ON stated.state_id = s.id
    LEFT JOIN owned ON owned.state_id = s.id
    LEFT JOIN account o ON o.id = owned.owner_id
    WHERE greatest(acted.last_said, met.last_held) IS NOT NULL
), labelled AS (
    SELECT *, CASE
            WHEN overdue + unanswered + disputed > 0 THEN 0 WHEN since_first <= 180 THEN 1 WHEN since_last > 365 THEN 2 ELSE 3
        END AS label
    FROM partnership
)
SELECT json_build_object('answer', json_build_object(
    'judged', count(*),
    'of', (SELECT count(*) FROM member_state),
    'rows', coalesce(json_agg(json_build_object('cells', json_build_array(
        json_build_object('text', name, 'number', NULL, 'date', NULL, 'record', json_build_object('id', id)),
        json_build_object('text', (ARRAY['needs attention', 'new', 'quiet', 'active'])[label + 1],
            'number', NULL, 'date', NULL, 'record', NULL),
        json_build_object('text', CASE label
                WHEN 0 THEN concat_ws('; ', 'overdue actions: ' || nullif(overdue, 0),
                    'waiting too long for our answer: ' || nullif(unanswered, 0),
                    'actions on which the sides differ: ' || nullif(disputed, 0))
                WHEN 1 THEN 'days since the first contact: ' || since_first
                WHEN 2 THEN concat_ws('; ', 'days since the last contact: ' || since_last,
                    'open actions gone silent: ' || nullif(silent, 0))
                ELSE 'days since the last contact: ' || since_last || '; open actions in time: ' || (open - silent)
            END, 'number', NULL, 'date', NULL, 'record', NULL),
        json_build_object('text', standing, 'number', NULL, 'date', NULL, 'record', NULL),
        json_build_object('text', NULL, 'number', NULL, 'date', last_contact, 'record', NULL),
        json_build_object('text', NULL, 'number', in_year, 'date', NULL, 'record', NULL),
        json_build_object('text', NULL, 'number', open, 'date', NULL, 'record', NULL),
        json_build_object('text', NULL, 'number', overdue, 'date', NULL, 'record', NULL),
        json_build_object('text', NULL, 'number', delivered, 'date', NULL, 'record', NULL),
        json_build_object('text', NULL, 'number', dropped, 'date', NULL, 'record', NULL),
        json_build_object('text', NULL, 'number', NULL, 'date', next_due, 'record', NULL),
        json_build_object('text', areas, 'number', NULL, 'date', NULL, 'record', NULL),
        json_build_object('text', owner, 'number', NULL, 'date', NULL, 'record',
            CASE WHEN owner_id IS NOT NULL THEN json_build_object('id', owner_id) END)))
        ORDER BY label, name COLLATE "C", id), '[]')))::text
FROM labelled
