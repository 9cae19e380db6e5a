-- ?1 the action; ?2 what is said; ?3 today; ?4 now; ?5 the key of the update; ?6, ?7 the keys of the lines of the history.
-- SQLite has no statement that writes into several tables: this is one transaction, sent at once.
BEGIN IMMEDIATE;

INSERT INTO action_update (id, action_id, track, says, said_on, recorded_at)
VALUES (unhex(?5, '-'), unhex(?1, '-'), 'ours', ?2, ?3, ?4);

UPDATE running_number SET last = last + 2 WHERE series = 'change';

INSERT INTO change (id, seq, at, concept, record_id, version, before, after)
SELECT unhex(?6, '-'), last - 1, ?4, 'update', unhex(?5, '-'), 1, 'null', json_object(
    'id', ?5, 'action_id', ?1, 'track', 'ours', 'says', ?2, 'said_on', ?3, 'note', NULL, 'report_id', NULL,
    'recorded_by', NULL, 'recorded_at', ?4)
FROM running_number
WHERE series = 'change';

WITH latest AS (
    SELECT says, said_on, recorded_at, id FROM (
        SELECT says, said_on, recorded_at, id,
            row_number() OVER (PARTITION BY track ORDER BY said_on DESC, recorded_at DESC, id DESC) AS place
        FROM action_update
        WHERE action_id = unhex(?1, '-'))
    WHERE place = 1
), verdict AS (
    SELECT says, said_on, (SELECT count(DISTINCT says) > 1 FROM latest) AS disputed
    FROM latest
    ORDER BY said_on DESC, recorded_at DESC, id DESC LIMIT 1
)
UPDATE follow_up_action
SET status = v.says, disputed = v.disputed, heard_on = v.said_on, version = version + 1
FROM verdict v
WHERE follow_up_action.id = unhex(?1, '-')
    AND (status, follow_up_action.disputed, heard_on) IS NOT (v.says, v.disputed, v.said_on);

-- How it stood before is what the last line says of it.
INSERT INTO change (id, seq, at, concept, record_id, version, before, after)
SELECT unhex(?7, '-'), n.last, ?4, 'follow-up-action', a.id, a.version, b.after, json_set(b.after,
    '$.status', a.status, '$.disputed', json(iif(a.disputed, 'true', 'false')), '$.heard_on', a.heard_on, '$.version', a.version)
FROM follow_up_action a
JOIN running_number n ON n.series = 'change'
JOIN (SELECT after FROM change WHERE record_id = unhex(?1, '-') ORDER BY seq DESC LIMIT 1) b
WHERE a.id = unhex(?1, '-') AND a.version <> b.after ->> '$.version';

SELECT json_object('recordUpdate', json_object(
    'followUpAction', json_object(
        'id', lower(hex(id)),
        'reference', reference,
        'status', upper(replace(status, '-', '_')),
        'disputed', json(iif(disputed, 'true', 'false')),
        'overdue', json(iif(status NOT IN ('delivered', 'dropped') AND due_on < ?3, 'true', 'false'))),
    'update', json_object('track', 'OURS', 'says', upper(replace(?2, '-', '_')), 'on', ?3),
    'refusal', NULL))
FROM follow_up_action
WHERE id = unhex(?1, '-');

COMMIT
