-- All views. They are how plentymsg reads, and reporting tools may read them too.
-- They expose IDs, so that a filter resolves its names first; lists inside a row are JSON;
-- what depends on the acting user (unread) is joined by the query. Deleted things are left out.

CREATE VIEW v_settings AS
SELECT live_mode, client_name, target_domain,
       (SELECT json_group_array(name) FROM (SELECT name FROM client ORDER BY name)) AS clients
FROM settings;

CREATE VIEW v_account AS
SELECT signature_text, signature_html, test_address FROM account;

-- What was chosen and deleted since counts as not chosen; without a group it is that of automatic mail.
CREATE VIEW v_collecting AS
SELECT k.active, k.attachments, c.id AS channel_id, c.name AS channel, g.id AS group_id, g.name_de AS group_de,
       (SELECT json_group_array(name) FROM
          (SELECT tag.name FROM collecting_tag x JOIN tag ON tag.id = x.tag_id ORDER BY tag.name)) AS tags
FROM collecting k
LEFT JOIN channel c ON c.id = k.channel_id AND c.deleted_at IS NULL
LEFT JOIN messenger_group g ON g.id = coalesce(
  (SELECT x.id FROM messenger_group x WHERE x.id = k.group_id AND x.deleted_at IS NULL),
  (SELECT x.id FROM messenger_group x WHERE x.system = 'automatic'));

CREATE VIEW v_client AS
SELECT id, name FROM client;

CREATE VIEW v_access_role AS
SELECT r.id, r.name, r.advanced,
       (SELECT json_group_array("right") FROM
          (SELECT "right" FROM access_role_right x WHERE x.role_id = r.id ORDER BY "right")) AS rights,
       (SELECT json_group_array(json_object('node', node, 'action', action)) FROM
          (SELECT node, action FROM access_role_visibility x WHERE x.role_id = r.id
           ORDER BY node, action)) AS visibilities
FROM access_role r;

CREATE VIEW v_user AS
SELECT u.id, u.login, u.name, u.email, u.admin, u.active, u.language, u.time_zone,
       u.signature_text, u.signature_html, u.group_id,
       (SELECT json_group_array(name) FROM
          (SELECT r.name FROM user_access_role x JOIN access_role r ON r.id = x.role_id
           WHERE x.user_id = u.id ORDER BY r.name)) AS access_roles,
       (SELECT json_group_array("right") FROM
          (SELECT DISTINCT y."right" FROM user_access_role x JOIN access_role_right y ON y.role_id = x.role_id
           WHERE x.user_id = u.id ORDER BY y."right")) AS rights
FROM user_account u;

CREATE VIEW v_saved_filter AS
SELECT f.id, f.noun, f.name, f.user_id, u.login AS user, f.for_all, f.position, f.query,
       (SELECT json_group_array(user_id) FROM saved_filter_default d WHERE d.filter_id = f.id) AS default_of
FROM saved_filter f JOIN user_account u ON u.id = f.user_id;

-- Groups, types, statuses and roles are deleted softly: v_any_… has the deleted ones too.
CREATE VIEW v_any_group AS
SELECT id, system, name_de, name_en, position, visible, deleted_at FROM messenger_group;

CREATE VIEW v_group AS
SELECT id, system, name_de, name_en, position, visible FROM v_any_group WHERE deleted_at IS NULL;

CREATE VIEW v_any_type AS
SELECT t.id, t.group_id, g.name_de AS group_de, g.name_en AS group_en, g.position AS group_position,
       t.name_de, t.name_en, t.position, coalesce(t.deleted_at, g.deleted_at) AS deleted_at
FROM messenger_type t JOIN messenger_group g ON g.id = t.group_id;

CREATE VIEW v_type AS
SELECT id, group_id, group_de, group_en, group_position, name_de, name_en, position
FROM v_any_type WHERE deleted_at IS NULL;

CREATE VIEW v_any_status AS
SELECT s.id, s.type_id, t.group_id, t.group_de, t.group_en, t.group_position,
       t.name_de AS type_de, t.name_en AS type_en, t.position AS type_position,
       s.name_de, s.name_en, s.progress, s.colour, s.position, coalesce(s.deleted_at, t.deleted_at) AS deleted_at
FROM messenger_status s JOIN v_any_type t ON t.id = s.type_id;

CREATE VIEW v_status AS
SELECT id, type_id, group_id, group_de, group_en, group_position, type_de, type_en, type_position,
       name_de, name_en, progress, colour, position
FROM v_any_status WHERE deleted_at IS NULL;

CREATE VIEW v_any_role AS
SELECT id, name_de, name_en, position, deleted_at FROM messenger_role;

CREATE VIEW v_role AS
SELECT id, name_de, name_en, position FROM v_any_role WHERE deleted_at IS NULL;

CREATE VIEW v_tag AS
SELECT t.id, t.name, t.colour,
       (SELECT json_group_array(kind) FROM
          (SELECT kind FROM tag_availability a WHERE a.tag_id = t.id ORDER BY kind)) AS availabilities,
       (SELECT json_group_object(language, name) FROM
          (SELECT language, name FROM tag_translation r WHERE r.tag_id = t.id ORDER BY language)) AS translations,
       (SELECT json_group_array(name) FROM
          (SELECT c.name FROM tag_client x JOIN client c ON c.id = x.client_id
           WHERE x.tag_id = t.id ORDER BY c.name)) AS clients
FROM tag t;

-- A tag on a conversation is a link too: of the kind for which the tag is available.
CREATE VIEW v_tag_link AS
SELECT l.tag_id, t.name AS tag, l.kind, l.record_id FROM tag_link l JOIN tag t ON t.id = l.tag_id
UNION ALL
SELECT x.tag_id, t.name, CASE WHEN EXISTS
         (SELECT 1 FROM tag_availability a WHERE a.tag_id = x.tag_id AND a.kind = 'messenger')
         THEN 'messenger' ELSE 'messageBillable' END, x.conversation_id
FROM conversation_tag x JOIN tag t ON t.id = x.tag_id;

CREATE VIEW v_tag_use AS
SELECT tag_id, kind, count(*) AS uses FROM tag_link GROUP BY tag_id, kind
UNION ALL
SELECT tag_id, 'conversation', count(*) FROM conversation_tag GROUP BY tag_id
UNION ALL
SELECT tag_id, 'message', count(*) FROM message_tag GROUP BY tag_id;

CREATE VIEW v_template AS
SELECT t.id, t.name, t.folder, t.kind, t.owner_id, o.login AS owner,
       t.header_id, h.name AS header, t.footer_id, f.name AS footer,
       (SELECT json_group_array(language) FROM
          (SELECT language FROM template_version v WHERE v.template_id = t.id ORDER BY language)) AS languages,
       (SELECT json_group_array(id) FROM
          (SELECT id FROM template_version v WHERE v.template_id = t.id ORDER BY language)) AS language_ids
FROM template t
LEFT JOIN user_account o ON o.id = t.owner_id
LEFT JOIN template h ON h.id = t.header_id
LEFT JOIN template f ON f.id = t.footer_id;

CREATE VIEW v_template_version AS
SELECT id, template_id, language, subject, text, html FROM template_version;

CREATE VIEW v_language_id AS
SELECT id, template_id, language FROM template_version;

CREATE VIEW v_text_block AS
SELECT v.id, v.language, v.template_id, t.name
FROM template_version v JOIN template t ON t.id = v.template_id WHERE t.kind = 'text_block';

CREATE VIEW v_template_favourite AS
SELECT user_id, template_id FROM template_favourite;

CREATE VIEW v_template_variable AS
SELECT id, name, type, max_length, allowed FROM template_variable;

CREATE VIEW v_channel AS
SELECT c.id, c.name, c.marketplace, c.active, c.is_default,
       c.group_id, g.name_de AS group_de, g.system AS group_system,
       c.type_id, t.name_de AS type_de, c.status_id, s.name_de AS status_de,
       c.since, c.sender_email, c.sender_name,
       c.template_new_id, n.name AS template_new, c.template_reply_id, r.name AS template_reply,
       c.target_address, c.notifications, c.match_orders, c.skip_orders, c.skip_contacts, c.skip_emails,
       (SELECT json_group_array(address) FROM
          (SELECT address FROM channel_allowed_sender a WHERE a.channel_id = c.id ORDER BY address)) AS allowed_senders,
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

CREATE VIEW v_trusted_host AS
SELECT reference, host, confirmed_at FROM trusted_host;

CREATE VIEW v_contact AS
SELECT id, external_id, number, first_name, last_name, company, title, gender, language,
       email_private, email_work, details
FROM contact;

CREATE VIEW v_order AS
SELECT o.id, o.external_id, o.contact_id,
       coalesce((SELECT coalesce(nullif(trim(a.first_name || ' ' || a.last_name), ''), nullif(a.company, ''))
                 FROM postal_address a WHERE a.order_id = o.id ORDER BY a.kind DESC LIMIT 1),
                (SELECT coalesce(nullif(trim(c.first_name || ' ' || c.last_name), ''), c.company)
                 FROM contact c WHERE c.id = o.contact_id), '') AS customer,
       o.referrer, o.status, o.created_at, o.currency, o.total, o.details
FROM sales_order o;

CREATE VIEW v_order_item AS
SELECT order_id, place, name, quantity, price, number FROM order_item;

CREATE VIEW v_postal_address AS
SELECT id, contact_id, order_id, kind, is_primary, company, first_name, last_name, street, house_number,
       postal_code, town, country, email, telephone
FROM postal_address;

CREATE VIEW v_conversation AS
SELECT c.id, c.subject, c.channel_id, h.name AS channel, c.group_id, g.name_de AS group_name, g.system AS group_system,
       c.type_id, t.name_de AS type_name, t.position AS type_position,
       c.status_id, s.name_de AS status_name, s.position AS status_position,
       s.progress AS status_progress, s.colour AS status_colour, c.marketplace, c.created_at, c.updated_at,
       (SELECT json_group_array(name) FROM
          (SELECT tag.name FROM conversation_tag x JOIN tag ON tag.id = x.tag_id
           WHERE x.conversation_id = c.id ORDER BY tag.name)) AS tags,
       (SELECT json_group_array(json_object('role', role, 'user', login)) FROM
          (SELECT m.name_de AS role, u.login FROM conversation_owner o
           JOIN messenger_role m ON m.id = o.role_id JOIN user_account u ON u.id = o.user_id
           WHERE o.conversation_id = c.id ORDER BY m.position, m.id)) AS owners,
       (SELECT json_group_array(json_object('kind', kind, 'value', value)) FROM
          (SELECT kind, value FROM conversation_relation r
           WHERE r.conversation_id = c.id ORDER BY kind, value)) AS relations,
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
                  WHEN 'queued' THEN 5 WHEN 'cancelled' THEN 6 WHEN 'sent' THEN 7
                  WHEN 'captured' THEN 8 ELSE 9 END AS urgency
FROM delivery;

CREATE VIEW v_message AS
SELECT m.id, m.conversation_id, m.channel_id, m.direction, m.header_id, m.subject, m.from_name, m.from_email,
       m.date, m.text, m.html, m.marks, m.evidence, m.minutes, m.billable, m.created_at, u.login AS created_by,
       (SELECT json_group_array(name) FROM
          (SELECT tag.name FROM message_tag x JOIN tag ON tag.id = x.tag_id
           WHERE x.message_id = m.id ORDER BY tag.name)) AS tags,
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

-- What was accepted for delivery as the rules judge it: where it stands now, and who was to get it. A channel that
-- was deleted still says by whose rules its messages went.
CREATE VIEW v_accepted AS
SELECT m.id, m.conversation_id, m.created_at, m.subject, m.channel_id, c.name AS channel, c.marketplace,
       h.system AS channel_group_system, g.system AS group_system,
       m.template_id, t.name AS template, m.created_by AS user_id, u.login AS user,
       (SELECT json_group_array(json_object('kind', kind, 'value', recipient)) FROM
          (SELECT kind, recipient FROM delivery d
           WHERE d.message_id = m.id AND d.state <> 'skipped' ORDER BY d.rowid)) AS recipients
FROM message m
JOIN conversation v ON v.id = m.conversation_id
JOIN messenger_group g ON g.id = v.group_id
LEFT JOIN channel c ON c.id = m.channel_id
LEFT JOIN messenger_group h ON h.id = c.group_id
LEFT JOIN template t ON t.id = m.template_id
LEFT JOIN user_account u ON u.id = m.created_by
WHERE EXISTS (SELECT 1 FROM delivery d WHERE d.message_id = m.id AND d.state <> 'skipped');

-- Packs of requirements that were switched on or off, or are a user's own.
CREATE VIEW v_pack AS
SELECT id, name, enabled, definition FROM pack;

CREATE VIEW v_quarantine AS
SELECT q.id, q.channel_id, c.name AS channel, q.mailbox, q.name, q.reason, length(q.raw) AS size, q.created_at
FROM quarantine q JOIN channel c ON c.id = q.channel_id;

CREATE VIEW v_history AS
SELECT h.id, h.at, h.user_id, u.login AS user, h.kind, h.thing_id, h.action, h.before, h.after
FROM history h LEFT JOIN user_account u ON u.id = h.user_id;

CREATE VIEW v_notification AS
SELECT n.id, n.user_id, u.login AS user, n.message_id, m.conversation_id, m.direction, m.subject, m.from_name,
       m.from_email, m.date, n.created_at, n.opened_at, n.closed_at
FROM notification n JOIN message m ON m.id = n.message_id JOIN user_account u ON u.id = n.user_id;
