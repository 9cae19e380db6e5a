-- $1 the action; $2 what is said; $3 today; $4 now; $5 the key of the update; $6, $7 the keys of the lines of the history.
WITH stood AS MATERIALIZED (
    SELECT * FROM follow_up_action WHERE id = $1::uuid FOR UPDATE
), written AS (
    INSERT INTO action_update (id, action_id, track, says, said_on, recorded_at)
    SELECT $5::uuid, id, 'ours', $2, $3::date, $4::timestamptz FROM stood
    RETURNING *
), told AS (
    SELECT track, says, said_on, recorded_at, id FROM action_update WHERE action_id = $1::uuid
    UNION ALL
    SELECT track, says, said_on, recorded_at, id FROM written
), latest AS MATERIALIZED (
    SELECT DISTINCT ON (track) says, said_on, recorded_at, id
    FROM told
    ORDER BY track, said_on DESC, recorded_at DESC, id DESC
), verdict AS MATERIALIZED (
    SELECT says, said_on, (SELECT count(DISTINCT says) > 1 FROM latest) AS disputed
    FROM latest
    ORDER BY said_on DESC, recorded_at DESC, id DESC LIMIT 1
), stands AS (
    UPDATE follow_up_action a
    SET status = v.says, disputed = v.disputed, heard_on = v.said_on, version = a.version + 1
    FROM verdict v
    WHERE a.id = $1::uuid AND (a.status, a.disputed, a.heard_on) IS DISTINCT FROM (v.says, v.disputed, v.said_on)
    RETURNING a.*
), numbered AS (
    UPDATE running_number SET last = last + 2 WHERE series = 'change' RETURNING last
), history AS (
    INSERT INTO change (id, seq, at, concept, record_id, version, before, after)
    SELECT $6::uuid, last - 1, $4::timestamptz, 'update', w.id, 1, 'null'::jsonb, to_jsonb(w)
    FROM written w, numbered
    UNION ALL
    SELECT $7::uuid, last, $4::timestamptz, 'follow-up-action', a.id, a.version, to_jsonb(b) - 'folded', to_jsonb(a) - 'folded'
    FROM stands a, stood b, numbered
)
SELECT json_build_object('recordUpdate', json_build_object(
    'followUpAction', json_build_object(
        'id', a.id,
        'reference', a.reference,
        'status', upper(replace(v.says, '-', '_')),
        'disputed', v.disputed,
        'overdue', v.says NOT IN ('delivered', 'dropped') AND coalesce(a.due_on < $3::date, false)),
    'update', json_build_object('track', 'OURS', 'says', upper(replace($2, '-', '_')), 'on', $3),
    'refusal', NULL))::text
FROM stood a, verdict v
