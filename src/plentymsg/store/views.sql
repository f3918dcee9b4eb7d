-- All views. They are how plentymsg reads, and reporting tools may read them too.
-- They expose IDs, so that a filter resolves its names first; lists inside a row are JSON;
-- what depends on the acting user (unread) is joined by the query. Deleted things are left out.

CREATE VIEW v_settings AS
SELECT live_mode, client_name FROM settings;

CREATE VIEW v_user AS
SELECT id, login, name, email, admin, active FROM user_account;

CREATE VIEW v_group AS
SELECT id, system, name_de, name_en, position, visible
FROM messenger_group WHERE deleted_at IS NULL;

CREATE VIEW v_type AS
SELECT t.id, t.group_id, g.name_de AS group_de, g.name_en AS group_en, g.position AS group_position,
       t.name_de, t.name_en, t.position
FROM messenger_type t JOIN messenger_group g ON g.id = t.group_id
WHERE t.deleted_at IS NULL AND g.deleted_at IS NULL;

CREATE VIEW v_status AS
SELECT s.id, s.type_id, t.group_id, t.group_de, t.group_en, t.group_position,
       t.name_de AS type_de, t.name_en AS type_en, t.position AS type_position,
       s.name_de, s.name_en, s.progress, s.colour, s.position
FROM messenger_status s JOIN v_type t ON t.id = s.type_id
WHERE s.deleted_at IS NULL;

CREATE VIEW v_role AS
SELECT id, name_de, name_en, position FROM messenger_role WHERE deleted_at IS NULL;

CREATE VIEW v_tag AS
SELECT t.id, t.name, t.colour,
       (SELECT json_group_array(kind) FROM
          (SELECT kind FROM tag_availability a WHERE a.tag_id = t.id ORDER BY kind)) AS availabilities,
       (SELECT json_group_object(language, name) FROM
          (SELECT language, name FROM tag_translation r WHERE r.tag_id = t.id ORDER BY language)) AS translations
FROM tag t;

CREATE VIEW v_template AS
SELECT t.id, t.name, t.folder,
       (SELECT json_group_array(language) FROM
          (SELECT language FROM template_version v WHERE v.template_id = t.id ORDER BY language)) AS languages
FROM template t;

CREATE VIEW v_template_version AS
SELECT id, template_id, language, subject, text, html FROM template_version;

CREATE VIEW v_channel AS
SELECT c.id, c.name, c.marketplace, c.active, c.is_default,
       c.group_id, g.name_de AS group_de, g.system AS group_system,
       c.type_id, t.name_de AS type_de, c.status_id, s.name_de AS status_de,
       c.since, c.sender_email, c.sender_name,
       c.template_new_id, n.name AS template_new, c.template_reply_id, r.name AS template_reply,
       (SELECT json_group_array(name) FROM
          (SELECT tag.name FROM channel_tag x JOIN tag ON tag.id = x.tag_id
           WHERE x.channel_id = c.id ORDER BY tag.name)) AS tags,
       (SELECT json_group_array(json_object('role', role, 'user', login)) FROM
          (SELECT m.name_de AS role, u.login FROM channel_owner o
           JOIN messenger_role m ON m.id = o.role_id JOIN user_account u ON u.id = o.user_id
           WHERE o.channel_id = c.id ORDER BY m.position, m.id)) AS owners,
       (SELECT json_group_array(login) FROM
          (SELECT u.login FROM channel_subscriber b JOIN user_account u ON u.id = b.user_id
           WHERE b.channel_id = c.id ORDER BY u.login)) AS subscribers
FROM channel c
JOIN messenger_group g ON g.id = c.group_id
LEFT JOIN messenger_type t ON t.id = c.type_id
LEFT JOIN messenger_status s ON s.id = c.status_id
LEFT JOIN template n ON n.id = c.template_new_id
LEFT JOIN template r ON r.id = c.template_reply_id
WHERE c.deleted_at IS NULL;

CREATE VIEW v_channel_server AS
SELECT channel_id, side, protocol, host, port, encryption, username, folder, path, password, allow_plain
FROM channel_server;

CREATE VIEW v_conversation AS
SELECT c.id, c.subject, c.channel_id, h.name AS channel, c.group_id, g.name_de AS group_name, g.system AS group_system,
       c.type_id, t.name_de AS type_name, c.status_id, s.name_de AS status_name,
       s.progress AS status_progress, s.colour AS status_colour, c.marketplace, c.created_at, c.updated_at,
       (SELECT json_group_array(name) FROM
          (SELECT tag.name FROM conversation_tag x JOIN tag ON tag.id = x.tag_id
           WHERE x.conversation_id = c.id ORDER BY tag.name)) AS tags,
       (SELECT json_group_array(json_object('role', role, 'user', login)) FROM
          (SELECT m.name_de AS role, u.login FROM conversation_owner o
           JOIN messenger_role m ON m.id = o.role_id JOIN user_account u ON u.id = o.user_id
           WHERE o.conversation_id = c.id ORDER BY m.position, m.id)) AS owners,
       (SELECT count(*) FROM message m WHERE m.conversation_id = c.id) AS message_count,
       (SELECT max(m.id) FROM message m WHERE m.conversation_id = c.id AND m.direction = 'in') AS last_incoming_id,
       (SELECT m.from_name FROM message m WHERE m.conversation_id = c.id
        ORDER BY m.direction <> 'in', m.date, m.id LIMIT 1) AS from_name,
       (SELECT m.from_email FROM message m WHERE m.conversation_id = c.id
        ORDER BY m.direction <> 'in', m.date, m.id LIMIT 1) AS from_email,
       (SELECT count(*) FROM message m JOIN delivery d ON d.message_id = m.id
        WHERE m.conversation_id = c.id AND d.state IN ('failed', 'uncertain')) AS undelivered
FROM conversation c
JOIN messenger_group g ON g.id = c.group_id
LEFT JOIN channel h ON h.id = c.channel_id
LEFT JOIN messenger_type t ON t.id = c.type_id
LEFT JOIN messenger_status s ON s.id = c.status_id;

CREATE VIEW v_delivery AS
SELECT message_id, recipient, kind, state, attempts, next_attempt_at, lease, response, updated_at,
       CASE state WHEN 'uncertain' THEN 1 WHEN 'failed' THEN 2 WHEN 'handing-over' THEN 3 WHEN 'deferred' THEN 4
                  WHEN 'queued' THEN 5 WHEN 'cancelled' THEN 6 WHEN 'sent' THEN 7 ELSE 8 END AS urgency
FROM delivery;

CREATE VIEW v_message AS
SELECT m.id, m.conversation_id, m.channel_id, m.direction, m.header_id, m.subject, m.from_name, m.from_email,
       m.date, m.text, m.html, m.marks, m.evidence, m.created_at, u.login AS created_by,
       (SELECT json_group_array(json_object('field', field, 'name', name, 'email', email)) FROM
          (SELECT field, name, email FROM message_address a WHERE a.message_id = m.id ORDER BY field, place)) AS addresses,
       (SELECT json_group_array(json_object('name', name, 'content_type', content_type, 'size', size)) FROM
          (SELECT name, content_type, size FROM attachment a WHERE a.message_id = m.id ORDER BY place)) AS attachments,
       (SELECT json_group_array(json_object('recipient', recipient, 'state', state, 'attempts', attempts,
                                            'next_attempt_at', next_attempt_at, 'response', response)) FROM
          (SELECT * FROM v_delivery d WHERE d.message_id = m.id ORDER BY urgency, recipient)) AS deliveries
FROM message m LEFT JOIN user_account u ON u.id = m.created_by;

-- A line of the outbox is a message; its state is that of the recipient who needs attention most.
CREATE VIEW v_outbox AS
SELECT m.id, m.conversation_id, m.channel_id, c.name AS channel, m.header_id, m.subject, m.created_at,
       (SELECT g.system FROM conversation v JOIN messenger_group g ON g.id = v.group_id
        WHERE v.id = m.conversation_id) AS group_system,
       (SELECT json_group_array(recipient) FROM
          (SELECT recipient FROM delivery d WHERE d.message_id = m.id ORDER BY d.rowid)) AS recipients,
       (SELECT state FROM v_delivery d WHERE d.message_id = m.id ORDER BY urgency LIMIT 1) AS state,
       (SELECT max(attempts) FROM delivery d WHERE d.message_id = m.id) AS attempts,
       (SELECT min(next_attempt_at) FROM delivery d
        WHERE d.message_id = m.id AND d.state IN ('queued', 'deferred')) AS next_attempt_at,
       (SELECT nullif(response, '') FROM v_delivery d
        WHERE d.message_id = m.id AND d.state IN ('uncertain', 'failed', 'deferred')
        ORDER BY urgency LIMIT 1) AS error
FROM message m LEFT JOIN channel c ON c.id = m.channel_id
WHERE EXISTS (SELECT 1 FROM delivery d WHERE d.message_id = m.id);

CREATE VIEW v_quarantine AS
SELECT q.id, q.channel_id, c.name AS channel, q.mailbox, q.name, q.reason, length(q.raw) AS size, q.created_at
FROM quarantine q JOIN channel c ON c.id = q.channel_id;

CREATE VIEW v_history AS
SELECT h.id, h.at, u.login AS user, h.kind, h.thing_id, h.action, h.before, h.after
FROM history h LEFT JOIN user_account u ON u.id = h.user_id;
