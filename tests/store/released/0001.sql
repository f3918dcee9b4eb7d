-- A store as plentymsg 0.1.0 made and filled it, with something in every table (`iterdump` of Python's sqlite3).
PRAGMA application_id = 1886154087;
BEGIN TRANSACTION;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0001');
CREATE TABLE attachment (
	message_id INTEGER NOT NULL, 
	place INTEGER NOT NULL, 
	name VARCHAR NOT NULL, 
	content_type VARCHAR NOT NULL, 
	size INTEGER NOT NULL, 
	PRIMARY KEY (message_id, place), 
	FOREIGN KEY(message_id) REFERENCES message (id) ON DELETE CASCADE
);
INSERT INTO "attachment" VALUES(1,0,'Lieferung Maß.png','image/png',4);
CREATE TABLE channel (
	id INTEGER NOT NULL, 
	name VARCHAR NOT NULL, 
	marketplace VARCHAR, 
	active BOOLEAN NOT NULL, 
	is_default BOOLEAN NOT NULL, 
	group_id INTEGER NOT NULL, 
	type_id INTEGER, 
	status_id INTEGER, 
	since VARCHAR, 
	sender_email VARCHAR NOT NULL, 
	sender_name VARCHAR NOT NULL, 
	template_new_id INTEGER, 
	template_reply_id INTEGER, 
	deleted_at VARCHAR, 
	PRIMARY KEY (id), 
	FOREIGN KEY(group_id) REFERENCES messenger_group (id), 
	FOREIGN KEY(status_id) REFERENCES messenger_status (id), 
	FOREIGN KEY(template_new_id) REFERENCES template (id), 
	FOREIGN KEY(template_reply_id) REFERENCES template (id), 
	FOREIGN KEY(type_id) REFERENCES messenger_type (id)
);
INSERT INTO "channel" VALUES(1,'Werkstatt',NULL,1,1,101,22,85,NULL,'shop@holzweg.example','Holzweg',1,2,NULL);
INSERT INTO "channel" VALUES(2,'Amazon DE','amazon',1,0,8,NULL,NULL,'2026-11-01','amazon@holzweg.example','',1,NULL,NULL);
CREATE TABLE channel_owner (
	channel_id INTEGER NOT NULL, 
	role_id INTEGER NOT NULL, 
	user_id INTEGER NOT NULL, 
	PRIMARY KEY (channel_id, role_id), 
	FOREIGN KEY(channel_id) REFERENCES channel (id) ON DELETE CASCADE, 
	FOREIGN KEY(role_id) REFERENCES messenger_role (id) ON DELETE RESTRICT, 
	FOREIGN KEY(user_id) REFERENCES user_account (id) ON DELETE RESTRICT
);
INSERT INTO "channel_owner" VALUES(1,1,1);
CREATE TABLE channel_server (
	channel_id INTEGER NOT NULL, 
	side VARCHAR NOT NULL, 
	protocol VARCHAR NOT NULL, 
	host VARCHAR NOT NULL, 
	port INTEGER NOT NULL, 
	encryption VARCHAR NOT NULL, 
	username VARCHAR NOT NULL, 
	folder VARCHAR NOT NULL, 
	path VARCHAR NOT NULL, 
	password VARCHAR NOT NULL, 
	allow_plain BOOLEAN NOT NULL, 
	PRIMARY KEY (channel_id, side), 
	FOREIGN KEY(channel_id) REFERENCES channel (id) ON DELETE CASCADE
);
INSERT INTO "channel_server" VALUES(1,'incoming','maildir','',0,'ssl','','INBOX','/srv/mail/in','',0);
INSERT INTO "channel_server" VALUES(1,'outgoing','maildir','',0,'ssl','','','/srv/mail/out','',0);
INSERT INTO "channel_server" VALUES(2,'incoming','imap','Mail.Holzweg.example',993,'ssl','amazon@holzweg.example','INBOX','','{"env": "SHOP_PASSWORD"}',0);
INSERT INTO "channel_server" VALUES(2,'outgoing','smtp','smtp.holzweg.example',465,'ssl','amazon@holzweg.example','','','{"env": "SHOP_PASSWORD"}',0);
CREATE TABLE channel_subscriber (
	channel_id INTEGER NOT NULL, 
	user_id INTEGER NOT NULL, 
	PRIMARY KEY (channel_id, user_id), 
	FOREIGN KEY(channel_id) REFERENCES channel (id) ON DELETE CASCADE, 
	FOREIGN KEY(user_id) REFERENCES user_account (id) ON DELETE RESTRICT
);
INSERT INTO "channel_subscriber" VALUES(1,2);
CREATE TABLE channel_tag (
	channel_id INTEGER NOT NULL, 
	tag_id INTEGER NOT NULL, 
	PRIMARY KEY (channel_id, tag_id), 
	FOREIGN KEY(channel_id) REFERENCES channel (id) ON DELETE CASCADE, 
	FOREIGN KEY(tag_id) REFERENCES tag (id) ON DELETE RESTRICT
);
INSERT INTO "channel_tag" VALUES(1,1);
CREATE TABLE conversation (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	subject VARCHAR NOT NULL, 
	channel_id INTEGER, 
	group_id INTEGER NOT NULL, 
	type_id INTEGER, 
	status_id INTEGER, 
	marketplace VARCHAR, 
	created_at VARCHAR NOT NULL, 
	updated_at VARCHAR NOT NULL, 
	FOREIGN KEY(channel_id) REFERENCES channel (id), 
	FOREIGN KEY(group_id) REFERENCES messenger_group (id), 
	FOREIGN KEY(status_id) REFERENCES messenger_status (id), 
	FOREIGN KEY(type_id) REFERENCES messenger_type (id)
);
INSERT INTO "conversation" VALUES(1,'Wo ist mein Regal?',1,101,22,85,NULL,'2026-11-25T10:49:47+00:00','2026-11-25T10:49:48+00:00');
INSERT INTO "conversation" VALUES(2,'Neu',1,101,22,85,NULL,'2026-11-25T10:49:48+00:00','2026-11-25T10:49:48+00:00');
CREATE TABLE conversation_owner (
	conversation_id INTEGER NOT NULL, 
	role_id INTEGER NOT NULL, 
	user_id INTEGER NOT NULL, 
	PRIMARY KEY (conversation_id, role_id), 
	FOREIGN KEY(conversation_id) REFERENCES conversation (id) ON DELETE CASCADE, 
	FOREIGN KEY(role_id) REFERENCES messenger_role (id) ON DELETE RESTRICT, 
	FOREIGN KEY(user_id) REFERENCES user_account (id) ON DELETE RESTRICT
);
INSERT INTO "conversation_owner" VALUES(1,1,1);
INSERT INTO "conversation_owner" VALUES(2,1,1);
CREATE TABLE conversation_seen (
	conversation_id INTEGER NOT NULL, 
	user_id INTEGER NOT NULL, 
	message_id INTEGER NOT NULL, 
	PRIMARY KEY (conversation_id, user_id), 
	FOREIGN KEY(conversation_id) REFERENCES conversation (id) ON DELETE CASCADE, 
	FOREIGN KEY(user_id) REFERENCES user_account (id) ON DELETE RESTRICT
);
INSERT INTO "conversation_seen" VALUES(1,1,2);
CREATE TABLE conversation_subscriber (
	conversation_id INTEGER NOT NULL, 
	user_id INTEGER NOT NULL, 
	PRIMARY KEY (conversation_id, user_id), 
	FOREIGN KEY(conversation_id) REFERENCES conversation (id) ON DELETE CASCADE, 
	FOREIGN KEY(user_id) REFERENCES user_account (id) ON DELETE RESTRICT
);
INSERT INTO "conversation_subscriber" VALUES(1,2);
INSERT INTO "conversation_subscriber" VALUES(2,2);
CREATE TABLE conversation_tag (
	conversation_id INTEGER NOT NULL, 
	tag_id INTEGER NOT NULL, 
	PRIMARY KEY (conversation_id, tag_id), 
	FOREIGN KEY(conversation_id) REFERENCES conversation (id) ON DELETE CASCADE, 
	FOREIGN KEY(tag_id) REFERENCES tag (id) ON DELETE CASCADE
);
INSERT INTO "conversation_tag" VALUES(1,1);
INSERT INTO "conversation_tag" VALUES(2,1);
CREATE TABLE delivery (
	message_id INTEGER NOT NULL, 
	recipient VARCHAR NOT NULL, 
	kind VARCHAR NOT NULL, 
	live BOOLEAN NOT NULL, 
	state VARCHAR NOT NULL, 
	attempts INTEGER NOT NULL, 
	next_attempt_at VARCHAR, 
	lease VARCHAR, 
	response VARCHAR NOT NULL, 
	updated_at VARCHAR NOT NULL, 
	PRIMARY KEY (message_id, recipient), 
	CONSTRAINT delivery_state CHECK (state IN ('queued', 'handing-over', 'sent', 'captured', 'deferred', 'failed', 'uncertain', 'cancelled')), 
	FOREIGN KEY(message_id) REFERENCES message (id) ON DELETE CASCADE
);
INSERT INTO "delivery" VALUES(3,'petra@example.com','address',0,'captured',1,NULL,NULL,'written to /srv/mail/captured/new/1.plentymsg','2026-11-25T10:49:48+00:00');
INSERT INTO "delivery" VALUES(4,'petra@example.com','address',0,'queued',0,'2026-11-25T10:49:48+00:00',NULL,'','2026-11-25T10:49:48+00:00');
CREATE TABLE filed_mail (
	channel_id INTEGER NOT NULL, 
	digest VARCHAR NOT NULL, 
	PRIMARY KEY (channel_id, digest), 
	FOREIGN KEY(channel_id) REFERENCES channel (id) ON DELETE RESTRICT
);
INSERT INTO "filed_mail" VALUES(1,'7851086b405d7a7e73e7d419cffb9f6d21e709dfd50ab55291cb4f6b2ccd8bda');
INSERT INTO "filed_mail" VALUES(1,'ad061d0591fdb857fc7c6402e041f730930aaef81634a2765854d3605770adf5');
CREATE TABLE history (
	id INTEGER NOT NULL, 
	at VARCHAR NOT NULL, 
	user_id INTEGER, 
	kind VARCHAR NOT NULL, 
	thing_id INTEGER NOT NULL, 
	action VARCHAR NOT NULL, 
	"before" VARCHAR NOT NULL, 
	"after" VARCHAR NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(user_id) REFERENCES user_account (id)
);
INSERT INTO "history" VALUES(1,'2026-11-25T10:49:47+00:00',1,'settings',1,'changed','{"client_name": "", "live_mode": false}','{"client_name": "Holzweg GmbH", "live_mode": false}');
INSERT INTO "history" VALUES(2,'2026-11-25T10:49:47+00:00',1,'user',2,'added','{}','{"active": true, "admin": false, "email": "jan@holzweg.example", "id": 2, "login": "jan.kiefer", "name": "Jan Kiefer"}');
INSERT INTO "history" VALUES(3,'2026-11-25T10:49:47+00:00',1,'group',101,'added','{}','{"id": 101, "name": {"de": "Maßarbeit", "en": "Made to order"}, "position": 101, "system": null, "visible": true}');
INSERT INTO "history" VALUES(4,'2026-11-25T10:49:47+00:00',1,'group',102,'added','{}','{"id": 102, "name": {"de": "Alt", "en": null}, "position": 102, "system": null, "visible": true}');
INSERT INTO "history" VALUES(5,'2026-11-25T10:49:47+00:00',1,'group',102,'deleted','{"id": 102, "name": {"de": "Alt", "en": null}, "position": 102, "system": null, "visible": true}','{}');
INSERT INTO "history" VALUES(6,'2026-11-25T10:49:47+00:00',1,'type',22,'added','{}','{"group": "Maßarbeit", "id": 22, "name": {"de": "Entwurf", "en": null}, "position": 1}');
INSERT INTO "history" VALUES(7,'2026-11-25T10:49:47+00:00',1,'status',85,'added','{}','{"colour": "#ff8800", "group": "Maßarbeit", "id": 85, "name": {"de": "Offen", "en": null}, "position": 1, "progress": 10, "type": "Entwurf"}');
INSERT INTO "history" VALUES(8,'2026-11-25T10:49:47+00:00',1,'tag',1,'added','{}','{"availabilities": ["messenger", "order"], "colour": "#ff8800", "id": 1, "name": "Urgent", "translations": {"de": "Eilig"}}');
INSERT INTO "history" VALUES(9,'2026-11-25T10:49:47+00:00',1,'role',1,'added','{}','{"id": 1, "name": {"de": "Bearbeitung", "en": "Handling"}, "position": 1}');
INSERT INTO "history" VALUES(10,'2026-11-25T10:49:47+00:00',1,'template',2,'added','{}','{"folder": "Service", "id": 2, "name": "Kurz", "versions": [{"html": "", "id": 3, "language": "de", "subject": "", "text": "Hallo\n\n{{ text }}\n"}]}');
INSERT INTO "history" VALUES(11,'2026-11-25T10:49:47+00:00',1,'channel',1,'added','{}','{"active": true, "default": true, "group": "Maßarbeit", "id": 1, "incoming": {"path": "/srv/mail/in", "protocol": "maildir"}, "marketplace": null, "name": "Werkstatt", "outgoing": {"path": "/srv/mail/out", "protocol": "maildir", "sender_email": "shop@holzweg.example", "sender_name": "Holzweg"}, "owners": [{"role": "Bearbeitung", "user": "eva.berg"}], "since": null, "status": "Offen", "subscribers": ["jan.kiefer"], "tags": ["Urgent"], "templates": {"new": "Messenger default NEW", "reply": "Kurz"}, "type": "Entwurf"}');
INSERT INTO "history" VALUES(12,'2026-11-25T10:49:47+00:00',1,'channel',2,'added','{}','{"active": true, "default": false, "group": "Amazon", "id": 2, "incoming": {"allow_plain": false, "encryption": "ssl", "folder": "INBOX", "host": "Mail.Holzweg.example", "password": {"env": "SHOP_PASSWORD"}, "port": 993, "protocol": "imap", "username": "amazon@holzweg.example"}, "marketplace": "amazon", "name": "Amazon DE", "outgoing": {"allow_plain": false, "encryption": "ssl", "host": "smtp.holzweg.example", "password": {"env": "SHOP_PASSWORD"}, "port": 465, "protocol": "smtp", "sender_email": "amazon@holzweg.example", "sender_name": "", "username": "amazon@holzweg.example"}, "owners": [], "since": "2026-11-01", "status": null, "subscribers": [], "tags": [], "templates": {"new": "Messenger default NEW", "reply": null}, "type": null}');
INSERT INTO "history" VALUES(13,'2026-11-25T10:49:48+00:00',1,'conversation',1,'replied','{}','{"message": 3, "subject": "Re: Wo ist mein Regal?", "to": ["petra@example.com"]}');
INSERT INTO "history" VALUES(14,'2026-11-25T10:49:48+00:00',1,'conversation',2,'begun','{}','{"message": 4, "subject": "Neu", "to": ["petra@example.com"]}');
CREATE TABLE mailbox_position (
	channel_id INTEGER NOT NULL, 
	mailbox VARCHAR NOT NULL, 
	position VARCHAR NOT NULL, 
	updated_at VARCHAR NOT NULL, 
	PRIMARY KEY (channel_id, mailbox), 
	FOREIGN KEY(channel_id) REFERENCES channel (id) ON DELETE CASCADE
);
INSERT INTO "mailbox_position" VALUES(1,'maildir:///srv/mail/in','{"watermark": 1795603782728545110, "names": ["1795603787.M720375P27819Q1.vm", "1795603787.M724684P27819Q2.vm"]}','2026-11-25T10:49:47+00:00');
CREATE TABLE message (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	conversation_id INTEGER NOT NULL, 
	channel_id INTEGER, 
	direction VARCHAR NOT NULL, 
	header_id VARCHAR NOT NULL, 
	subject VARCHAR NOT NULL, 
	from_name VARCHAR NOT NULL, 
	from_email VARCHAR NOT NULL, 
	date VARCHAR NOT NULL, 
	text TEXT NOT NULL, 
	html TEXT NOT NULL, 
	marks VARCHAR NOT NULL, 
	evidence VARCHAR NOT NULL, 
	"key" VARCHAR, 
	key_digest VARCHAR, 
	created_at VARCHAR NOT NULL, 
	created_by INTEGER, 
	CONSTRAINT message_direction CHECK (direction IN ('in', 'out', 'whisper')), 
	FOREIGN KEY(channel_id) REFERENCES channel (id), 
	FOREIGN KEY(conversation_id) REFERENCES conversation (id) ON DELETE CASCADE, 
	FOREIGN KEY(created_by) REFERENCES user_account (id)
);
INSERT INTO "message" VALUES(1,1,1,'in','<1@customer.example>','Wo ist mein Regal?','Petra Müller','petra@example.com','2026-11-25T10:49:47+00:00','Guten Tag,

wann kommt das Regal?','','[]','begins a conversation',NULL,NULL,'2026-11-25T10:49:47+00:00',NULL);
INSERT INTO "message" VALUES(2,1,1,'in','<2@customer.example>','Wo ist mein Regal?','Petra Müller','petra@example.com','2026-11-25T10:49:47+00:00','Guten Tag,

wann kommt das Regal?','<p>Hallo</p>','[]','answers <1@customer.example>',NULL,NULL,'2026-11-25T10:49:47+00:00',NULL);
INSERT INTO "message" VALUES(3,1,1,'out','<671979081a5e4ef9ad50fb1aa90886b8@holzweg.example>','Re: Wo ist mein Regal?','Holzweg','shop@holzweg.example','2026-11-25T10:49:48+00:00','Hallo

Kommt morgen.','<p>Hallo</p>
<p>Kommt morgen.</p>','[]','written here',NULL,NULL,'2026-11-25T10:49:48+00:00',1);
INSERT INTO "message" VALUES(4,2,1,'out','<cd363c22a1b5408caf5cbd4fb4d24cd6@holzweg.example>','Neu','Holzweg','shop@holzweg.example','2026-11-25T10:49:48+00:00','Guten Tag,

x','<p>Guten Tag,</p>
<p>x</p>','[]','written here','k1','6680d137e59bf6739f4bb4884e8203aa86a18c55249aa1ef577b5e0bd1c5c808','2026-11-25T10:49:48+00:00',1);
CREATE TABLE message_address (
	message_id INTEGER NOT NULL, 
	field VARCHAR NOT NULL, 
	place INTEGER NOT NULL, 
	name VARCHAR NOT NULL, 
	email VARCHAR NOT NULL, 
	PRIMARY KEY (message_id, field, place), 
	FOREIGN KEY(message_id) REFERENCES message (id) ON DELETE CASCADE
);
INSERT INTO "message_address" VALUES(1,'to',0,'','shop@holzweg.example');
INSERT INTO "message_address" VALUES(2,'to',0,'','shop@holzweg.example');
INSERT INTO "message_address" VALUES(3,'to',0,'','petra@example.com');
INSERT INTO "message_address" VALUES(4,'to',0,'','petra@example.com');
CREATE TABLE message_raw (
	message_id INTEGER NOT NULL, 
	raw BLOB NOT NULL, 
	PRIMARY KEY (message_id), 
	FOREIGN KEY(message_id) REFERENCES message (id) ON DELETE CASCADE
);
INSERT INTO "message_raw" VALUES(1,X'4D6573736167652D49443A203C3140637573746F6D65722E6578616D706C653E0D0A446174653A205765642C203235204E6F7620323032362031303A34393A3437202B303030300D0A46726F6D3A205065747261203D3F7574662D383F713F4D3D43333D42436C6C65723F3D203C7065747261406578616D706C652E636F6D3E0D0A546F3A2073686F7040686F6C7A7765672E6578616D706C650D0A5375626A6563743A20576F20697374206D65696E20526567616C3F0D0A4D494D452D56657273696F6E3A20312E300D0A436F6E74656E742D547970653A206D756C7469706172742F6D697865643B20626F756E646172793D223D3D3D3D3D3D3D3D3D3D3D3D3D3D3D323939363339323637393434393138343738363D3D220D0A0D0A2D2D3D3D3D3D3D3D3D3D3D3D3D3D3D3D3D323939363339323637393434393138343738363D3D0D0A436F6E74656E742D547970653A20746578742F706C61696E3B20636861727365743D227574662D38220D0A436F6E74656E742D5472616E736665722D456E636F64696E673A20376269740D0A0D0A477574656E205461672C0D0A0D0A77616E6E206B6F6D6D742064617320526567616C3F0D0A0D0A2D2D3D3D3D3D3D3D3D3D3D3D3D3D3D3D3D323939363339323637393434393138343738363D3D0D0A436F6E74656E742D547970653A20696D6167652F706E670D0A436F6E74656E742D5472616E736665722D456E636F64696E673A206261736536340D0A436F6E74656E742D446973706F736974696F6E3A206174746163686D656E743B2066696C656E616D652A3D7574662D3827274C6965666572756E672532304D612543332539462E706E670D0A4D494D452D56657273696F6E3A20312E300D0A0D0A6956424F52773D3D0D0A0D0A2D2D3D3D3D3D3D3D3D3D3D3D3D3D3D3D3D323939363339323637393434393138343738363D3D2D2D0D0A');
INSERT INTO "message_raw" VALUES(2,X'4D6573736167652D49443A203C3240637573746F6D65722E6578616D706C653E0D0A446174653A205765642C203235204E6F7620323032362031303A34393A3437202B303030300D0A46726F6D3A205065747261203D3F7574662D383F713F4D3D43333D42436C6C65723F3D203C7065747261406578616D706C652E636F6D3E0D0A546F3A2073686F7040686F6C7A7765672E6578616D706C650D0A5375626A6563743A20576F20697374206D65696E20526567616C3F0D0A496E2D5265706C792D546F3A203C3140637573746F6D65722E6578616D706C653E0D0A4D494D452D56657273696F6E3A20312E300D0A436F6E74656E742D547970653A206D756C7469706172742F616C7465726E61746976653B0D0A20626F756E646172793D223D3D3D3D3D3D3D3D3D3D3D3D3D3D3D343736363232323237383637323532393137363D3D220D0A0D0A2D2D3D3D3D3D3D3D3D3D3D3D3D3D3D3D3D343736363232323237383637323532393137363D3D0D0A436F6E74656E742D547970653A20746578742F706C61696E3B20636861727365743D227574662D38220D0A436F6E74656E742D5472616E736665722D456E636F64696E673A20376269740D0A0D0A477574656E205461672C0D0A0D0A77616E6E206B6F6D6D742064617320526567616C3F0D0A0D0A2D2D3D3D3D3D3D3D3D3D3D3D3D3D3D3D3D343736363232323237383637323532393137363D3D0D0A436F6E74656E742D547970653A20746578742F68746D6C3B20636861727365743D227574662D38220D0A436F6E74656E742D5472616E736665722D456E636F64696E673A20376269740D0A4D494D452D56657273696F6E3A20312E300D0A0D0A3C703E48616C6C6F3C2F703E0D0A0D0A2D2D3D3D3D3D3D3D3D3D3D3D3D3D3D3D3D343736363232323237383637323532393137363D3D2D2D0D0A');
INSERT INTO "message_raw" VALUES(3,X'46726F6D3A20486F6C7A776567203C73686F7040686F6C7A7765672E6578616D706C653E0D0A546F3A207065747261406578616D706C652E636F6D0D0A5375626A6563743A2052653A20576F20697374206D65696E20526567616C3F0D0A446174653A205765642C203235204E6F7620323032362031303A34393A3438202B303030300D0A4D6573736167652D49443A203C363731393739303831613565346566396164353066623161613930383836623840686F6C7A7765672E6578616D706C653E0D0A496E2D5265706C792D546F3A203C3240637573746F6D65722E6578616D706C653E0D0A5265666572656E6365733A203C3140637573746F6D65722E6578616D706C653E0D0A203C3240637573746F6D65722E6578616D706C653E0D0A4D494D452D56657273696F6E3A20312E300D0A436F6E74656E742D547970653A206D756C7469706172742F616C7465726E61746976653B0D0A20626F756E646172793D223D3D3D3D3D3D3D3D3D3D3D3D3D3D3D353235303638343135333732303837383739363D3D220D0A0D0A2D2D3D3D3D3D3D3D3D3D3D3D3D3D3D3D3D353235303638343135333732303837383739363D3D0D0A436F6E74656E742D547970653A20746578742F706C61696E3B20636861727365743D227574662D38220D0A436F6E74656E742D5472616E736665722D456E636F64696E673A20376269740D0A0D0A48616C6C6F0D0A0D0A4B6F6D6D74206D6F7267656E2E0D0A0D0A2D2D3D3D3D3D3D3D3D3D3D3D3D3D3D3D3D353235303638343135333732303837383739363D3D0D0A436F6E74656E742D547970653A20746578742F68746D6C3B20636861727365743D227574662D38220D0A436F6E74656E742D5472616E736665722D456E636F64696E673A20376269740D0A4D494D452D56657273696F6E3A20312E300D0A0D0A3C703E48616C6C6F3C2F703E0D0A3C703E4B6F6D6D74206D6F7267656E2E3C2F703E0D0A0D0A2D2D3D3D3D3D3D3D3D3D3D3D3D3D3D3D3D353235303638343135333732303837383739363D3D2D2D0D0A');
INSERT INTO "message_raw" VALUES(4,X'46726F6D3A20486F6C7A776567203C73686F7040686F6C7A7765672E6578616D706C653E0D0A546F3A207065747261406578616D706C652E636F6D0D0A5375626A6563743A204E65750D0A446174653A205765642C203235204E6F7620323032362031303A34393A3438202B303030300D0A4D6573736167652D49443A203C636433363363323261316235343038636166356362643466623464323463643640686F6C7A7765672E6578616D706C653E0D0A4D494D452D56657273696F6E3A20312E300D0A436F6E74656E742D547970653A206D756C7469706172742F616C7465726E61746976653B0D0A20626F756E646172793D223D3D3D3D3D3D3D3D3D3D3D3D3D3D3D383236313235313634383731393934323435383D3D220D0A0D0A2D2D3D3D3D3D3D3D3D3D3D3D3D3D3D3D3D383236313235313634383731393934323435383D3D0D0A436F6E74656E742D547970653A20746578742F706C61696E3B20636861727365743D227574662D38220D0A436F6E74656E742D5472616E736665722D456E636F64696E673A20376269740D0A0D0A477574656E205461672C0D0A0D0A780D0A0D0A2D2D3D3D3D3D3D3D3D3D3D3D3D3D3D3D3D383236313235313634383731393934323435383D3D0D0A436F6E74656E742D547970653A20746578742F68746D6C3B20636861727365743D227574662D38220D0A436F6E74656E742D5472616E736665722D456E636F64696E673A20376269740D0A4D494D452D56657273696F6E3A20312E300D0A0D0A3C703E477574656E205461672C3C2F703E0D0A3C703E783C2F703E0D0A0D0A2D2D3D3D3D3D3D3D3D3D3D3D3D3D3D3D3D383236313235313634383731393934323435383D3D2D2D0D0A');
CREATE TABLE message_reference (
	message_id INTEGER NOT NULL, 
	place INTEGER NOT NULL, 
	header_id VARCHAR NOT NULL, 
	PRIMARY KEY (message_id, place), 
	FOREIGN KEY(message_id) REFERENCES message (id) ON DELETE CASCADE
);
INSERT INTO "message_reference" VALUES(2,0,'<1@customer.example>');
INSERT INTO "message_reference" VALUES(3,0,'<1@customer.example>');
INSERT INTO "message_reference" VALUES(3,1,'<2@customer.example>');
CREATE TABLE messenger_group (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	system VARCHAR, 
	name_de VARCHAR NOT NULL, 
	name_en VARCHAR, 
	position INTEGER NOT NULL, 
	visible BOOLEAN NOT NULL, 
	deleted_at VARCHAR, 
	UNIQUE (system)
);
INSERT INTO "messenger_group" VALUES(0,'all','Alle','All',0,1,NULL);
INSERT INTO "messenger_group" VALUES(1,'general','Allgemein','General',1,1,NULL);
INSERT INTO "messenger_group" VALUES(2,'ebay','eBay','eBay',2,0,NULL);
INSERT INTO "messenger_group" VALUES(3,'contact_notes','Kontaktnotizen','Contact notes',3,0,NULL);
INSERT INTO "messenger_group" VALUES(4,'automatic','Automatisch versendete E-Mails','Automatically sent emails',4,0,NULL);
INSERT INTO "messenger_group" VALUES(6,'otto','OTTO','OTTO',6,0,NULL);
INSERT INTO "messenger_group" VALUES(7,'kaufland','Kaufland','Kaufland',7,0,NULL);
INSERT INTO "messenger_group" VALUES(8,'amazon','Amazon','Amazon',8,0,NULL);
INSERT INTO "messenger_group" VALUES(101,NULL,'Maßarbeit','Made to order',101,1,NULL);
INSERT INTO "messenger_group" VALUES(102,NULL,'Alt',NULL,102,1,'2026-11-25T10:49:47+00:00');
CREATE TABLE messenger_role (
	id INTEGER NOT NULL, 
	name_de VARCHAR NOT NULL, 
	name_en VARCHAR, 
	position INTEGER NOT NULL, 
	deleted_at VARCHAR, 
	PRIMARY KEY (id)
);
INSERT INTO "messenger_role" VALUES(1,'Bearbeitung','Handling',1,NULL);
CREATE TABLE messenger_status (
	id INTEGER NOT NULL, 
	type_id INTEGER NOT NULL, 
	name_de VARCHAR NOT NULL, 
	name_en VARCHAR, 
	progress INTEGER NOT NULL, 
	colour VARCHAR NOT NULL, 
	position INTEGER NOT NULL, 
	deleted_at VARCHAR, 
	PRIMARY KEY (id), 
	FOREIGN KEY(type_id) REFERENCES messenger_type (id)
);
INSERT INTO "messenger_status" VALUES(1,1,'Neu','New',0,'#0084ff',1,NULL);
INSERT INTO "messenger_status" VALUES(2,1,'In Bearbeitung','In progress',50,'#ffa500',2,NULL);
INSERT INTO "messenger_status" VALUES(3,1,'Warten auf Kunde','Waiting for customer',70,'#9e9e9e',3,NULL);
INSERT INTO "messenger_status" VALUES(4,1,'Erledigt','Done',100,'#4caf50',4,NULL);
INSERT INTO "messenger_status" VALUES(5,2,'Neu','New',0,'#0084ff',1,NULL);
INSERT INTO "messenger_status" VALUES(6,2,'In Bearbeitung','In progress',50,'#ffa500',2,NULL);
INSERT INTO "messenger_status" VALUES(7,2,'Warten auf Kunde','Waiting for customer',70,'#9e9e9e',3,NULL);
INSERT INTO "messenger_status" VALUES(8,2,'Erledigt','Done',100,'#4caf50',4,NULL);
INSERT INTO "messenger_status" VALUES(9,3,'Neu','New',0,'#0084ff',1,NULL);
INSERT INTO "messenger_status" VALUES(10,3,'In Bearbeitung','In progress',50,'#ffa500',2,NULL);
INSERT INTO "messenger_status" VALUES(11,3,'Warten auf Kunde','Waiting for customer',70,'#9e9e9e',3,NULL);
INSERT INTO "messenger_status" VALUES(12,3,'Erledigt','Done',100,'#4caf50',4,NULL);
INSERT INTO "messenger_status" VALUES(13,4,'Neu','New',0,'#0084ff',1,NULL);
INSERT INTO "messenger_status" VALUES(14,4,'In Bearbeitung','In progress',50,'#ffa500',2,NULL);
INSERT INTO "messenger_status" VALUES(15,4,'Warten auf Kunde','Waiting for customer',70,'#9e9e9e',3,NULL);
INSERT INTO "messenger_status" VALUES(16,4,'Erledigt','Done',100,'#4caf50',4,NULL);
INSERT INTO "messenger_status" VALUES(17,5,'Neu','New',0,'#0084ff',1,NULL);
INSERT INTO "messenger_status" VALUES(18,5,'In Bearbeitung','In progress',50,'#ffa500',2,NULL);
INSERT INTO "messenger_status" VALUES(19,5,'Warten auf Kunde','Waiting for customer',70,'#9e9e9e',3,NULL);
INSERT INTO "messenger_status" VALUES(20,5,'Erledigt','Done',100,'#4caf50',4,NULL);
INSERT INTO "messenger_status" VALUES(21,6,'Neu','New',0,'#0084ff',1,NULL);
INSERT INTO "messenger_status" VALUES(22,6,'In Bearbeitung','In progress',50,'#ffa500',2,NULL);
INSERT INTO "messenger_status" VALUES(23,6,'Warten auf Kunde','Waiting for customer',70,'#9e9e9e',3,NULL);
INSERT INTO "messenger_status" VALUES(24,6,'Erledigt','Done',100,'#4caf50',4,NULL);
INSERT INTO "messenger_status" VALUES(25,7,'Neu','New',0,'#0084ff',1,NULL);
INSERT INTO "messenger_status" VALUES(26,7,'In Bearbeitung','In progress',50,'#ffa500',2,NULL);
INSERT INTO "messenger_status" VALUES(27,7,'Warten auf Kunde','Waiting for customer',70,'#9e9e9e',3,NULL);
INSERT INTO "messenger_status" VALUES(28,7,'Erledigt','Done',100,'#4caf50',4,NULL);
INSERT INTO "messenger_status" VALUES(29,8,'Neu','New',0,'#0084ff',1,NULL);
INSERT INTO "messenger_status" VALUES(30,8,'In Bearbeitung','In progress',50,'#ffa500',2,NULL);
INSERT INTO "messenger_status" VALUES(31,8,'Warten auf Kunde','Waiting for customer',70,'#9e9e9e',3,NULL);
INSERT INTO "messenger_status" VALUES(32,8,'Erledigt','Done',100,'#4caf50',4,NULL);
INSERT INTO "messenger_status" VALUES(33,9,'Neu','New',0,'#0084ff',1,NULL);
INSERT INTO "messenger_status" VALUES(34,9,'In Bearbeitung','In progress',50,'#ffa500',2,NULL);
INSERT INTO "messenger_status" VALUES(35,9,'Warten auf Kunde','Waiting for customer',70,'#9e9e9e',3,NULL);
INSERT INTO "messenger_status" VALUES(36,9,'Erledigt','Done',100,'#4caf50',4,NULL);
INSERT INTO "messenger_status" VALUES(37,10,'Neu','New',0,'#0084ff',1,NULL);
INSERT INTO "messenger_status" VALUES(38,10,'In Bearbeitung','In progress',50,'#ffa500',2,NULL);
INSERT INTO "messenger_status" VALUES(39,10,'Warten auf Kunde','Waiting for customer',70,'#9e9e9e',3,NULL);
INSERT INTO "messenger_status" VALUES(40,10,'Erledigt','Done',100,'#4caf50',4,NULL);
INSERT INTO "messenger_status" VALUES(41,11,'Neu','New',0,'#0084ff',1,NULL);
INSERT INTO "messenger_status" VALUES(42,11,'In Bearbeitung','In progress',50,'#ffa500',2,NULL);
INSERT INTO "messenger_status" VALUES(43,11,'Warten auf Kunde','Waiting for customer',70,'#9e9e9e',3,NULL);
INSERT INTO "messenger_status" VALUES(44,11,'Erledigt','Done',100,'#4caf50',4,NULL);
INSERT INTO "messenger_status" VALUES(45,12,'Neu','New',0,'#0084ff',1,NULL);
INSERT INTO "messenger_status" VALUES(46,12,'In Bearbeitung','In progress',50,'#ffa500',2,NULL);
INSERT INTO "messenger_status" VALUES(47,12,'Warten auf Kunde','Waiting for customer',70,'#9e9e9e',3,NULL);
INSERT INTO "messenger_status" VALUES(48,12,'Erledigt','Done',100,'#4caf50',4,NULL);
INSERT INTO "messenger_status" VALUES(49,13,'Neu','New',0,'#0084ff',1,NULL);
INSERT INTO "messenger_status" VALUES(50,13,'In Bearbeitung','In progress',50,'#ffa500',2,NULL);
INSERT INTO "messenger_status" VALUES(51,13,'Warten auf Kunde','Waiting for customer',70,'#9e9e9e',3,NULL);
INSERT INTO "messenger_status" VALUES(52,13,'Erledigt','Done',100,'#4caf50',4,NULL);
INSERT INTO "messenger_status" VALUES(53,14,'Neu','New',0,'#0084ff',1,NULL);
INSERT INTO "messenger_status" VALUES(54,14,'In Bearbeitung','In progress',50,'#ffa500',2,NULL);
INSERT INTO "messenger_status" VALUES(55,14,'Warten auf Kunde','Waiting for customer',70,'#9e9e9e',3,NULL);
INSERT INTO "messenger_status" VALUES(56,14,'Erledigt','Done',100,'#4caf50',4,NULL);
INSERT INTO "messenger_status" VALUES(57,15,'Neu','New',0,'#0084ff',1,NULL);
INSERT INTO "messenger_status" VALUES(58,15,'In Bearbeitung','In progress',50,'#ffa500',2,NULL);
INSERT INTO "messenger_status" VALUES(59,15,'Warten auf Kunde','Waiting for customer',70,'#9e9e9e',3,NULL);
INSERT INTO "messenger_status" VALUES(60,15,'Erledigt','Done',100,'#4caf50',4,NULL);
INSERT INTO "messenger_status" VALUES(61,16,'Neu','New',0,'#0084ff',1,NULL);
INSERT INTO "messenger_status" VALUES(62,16,'In Bearbeitung','In progress',50,'#ffa500',2,NULL);
INSERT INTO "messenger_status" VALUES(63,16,'Warten auf Kunde','Waiting for customer',70,'#9e9e9e',3,NULL);
INSERT INTO "messenger_status" VALUES(64,16,'Erledigt','Done',100,'#4caf50',4,NULL);
INSERT INTO "messenger_status" VALUES(65,17,'Neu','New',0,'#0084ff',1,NULL);
INSERT INTO "messenger_status" VALUES(66,17,'In Bearbeitung','In progress',50,'#ffa500',2,NULL);
INSERT INTO "messenger_status" VALUES(67,17,'Warten auf Kunde','Waiting for customer',70,'#9e9e9e',3,NULL);
INSERT INTO "messenger_status" VALUES(68,17,'Erledigt','Done',100,'#4caf50',4,NULL);
INSERT INTO "messenger_status" VALUES(69,18,'Neu','New',0,'#0084ff',1,NULL);
INSERT INTO "messenger_status" VALUES(70,18,'In Bearbeitung','In progress',50,'#ffa500',2,NULL);
INSERT INTO "messenger_status" VALUES(71,18,'Warten auf Kunde','Waiting for customer',70,'#9e9e9e',3,NULL);
INSERT INTO "messenger_status" VALUES(72,18,'Erledigt','Done',100,'#4caf50',4,NULL);
INSERT INTO "messenger_status" VALUES(73,19,'Neu','New',0,'#0084ff',1,NULL);
INSERT INTO "messenger_status" VALUES(74,19,'In Bearbeitung','In progress',50,'#ffa500',2,NULL);
INSERT INTO "messenger_status" VALUES(75,19,'Warten auf Kunde','Waiting for customer',70,'#9e9e9e',3,NULL);
INSERT INTO "messenger_status" VALUES(76,19,'Erledigt','Done',100,'#4caf50',4,NULL);
INSERT INTO "messenger_status" VALUES(77,20,'Neu','New',0,'#0084ff',1,NULL);
INSERT INTO "messenger_status" VALUES(78,20,'In Bearbeitung','In progress',50,'#ffa500',2,NULL);
INSERT INTO "messenger_status" VALUES(79,20,'Warten auf Kunde','Waiting for customer',70,'#9e9e9e',3,NULL);
INSERT INTO "messenger_status" VALUES(80,20,'Erledigt','Done',100,'#4caf50',4,NULL);
INSERT INTO "messenger_status" VALUES(81,21,'Neu','New',0,'#0084ff',1,NULL);
INSERT INTO "messenger_status" VALUES(82,21,'In Bearbeitung','In progress',50,'#ffa500',2,NULL);
INSERT INTO "messenger_status" VALUES(83,21,'Warten auf Kunde','Waiting for customer',70,'#9e9e9e',3,NULL);
INSERT INTO "messenger_status" VALUES(84,21,'Erledigt','Done',100,'#4caf50',4,NULL);
INSERT INTO "messenger_status" VALUES(85,22,'Offen',NULL,10,'#ff8800',1,NULL);
CREATE TABLE messenger_type (
	id INTEGER NOT NULL, 
	group_id INTEGER NOT NULL, 
	name_de VARCHAR NOT NULL, 
	name_en VARCHAR, 
	position INTEGER NOT NULL, 
	deleted_at VARCHAR, 
	PRIMARY KEY (id), 
	FOREIGN KEY(group_id) REFERENCES messenger_group (id)
);
INSERT INTO "messenger_type" VALUES(1,1,'Kundenanfrage','Customer inquiry',1,NULL);
INSERT INTO "messenger_type" VALUES(2,1,'Reklamation','Complaint',2,NULL);
INSERT INTO "messenger_type" VALUES(3,1,'Retoure','Return',3,NULL);
INSERT INTO "messenger_type" VALUES(4,2,'Kundenanfrage','Customer inquiry',1,NULL);
INSERT INTO "messenger_type" VALUES(5,2,'Reklamation','Complaint',2,NULL);
INSERT INTO "messenger_type" VALUES(6,2,'Retoure','Return',3,NULL);
INSERT INTO "messenger_type" VALUES(7,3,'Kundenanfrage','Customer inquiry',1,NULL);
INSERT INTO "messenger_type" VALUES(8,3,'Reklamation','Complaint',2,NULL);
INSERT INTO "messenger_type" VALUES(9,3,'Retoure','Return',3,NULL);
INSERT INTO "messenger_type" VALUES(10,4,'Kundenanfrage','Customer inquiry',1,NULL);
INSERT INTO "messenger_type" VALUES(11,4,'Reklamation','Complaint',2,NULL);
INSERT INTO "messenger_type" VALUES(12,4,'Retoure','Return',3,NULL);
INSERT INTO "messenger_type" VALUES(13,6,'Kundenanfrage','Customer inquiry',1,NULL);
INSERT INTO "messenger_type" VALUES(14,6,'Reklamation','Complaint',2,NULL);
INSERT INTO "messenger_type" VALUES(15,6,'Retoure','Return',3,NULL);
INSERT INTO "messenger_type" VALUES(16,7,'Kundenanfrage','Customer inquiry',1,NULL);
INSERT INTO "messenger_type" VALUES(17,7,'Reklamation','Complaint',2,NULL);
INSERT INTO "messenger_type" VALUES(18,7,'Retoure','Return',3,NULL);
INSERT INTO "messenger_type" VALUES(19,8,'Kundenanfrage','Customer inquiry',1,NULL);
INSERT INTO "messenger_type" VALUES(20,8,'Reklamation','Complaint',2,NULL);
INSERT INTO "messenger_type" VALUES(21,8,'Retoure','Return',3,NULL);
INSERT INTO "messenger_type" VALUES(22,101,'Entwurf',NULL,1,NULL);
CREATE TABLE quarantine (
	id INTEGER NOT NULL, 
	channel_id INTEGER NOT NULL, 
	mailbox VARCHAR NOT NULL, 
	name VARCHAR NOT NULL, 
	reason VARCHAR NOT NULL, 
	raw BLOB NOT NULL, 
	created_at VARCHAR NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(channel_id) REFERENCES channel (id)
);
INSERT INTO "quarantine" VALUES(1,1,'maildir:in','7','too odd',X'00FF','2026-11-23T10:00:00+00:00');
CREATE TABLE settings (
	id INTEGER NOT NULL, 
	live_mode BOOLEAN NOT NULL, 
	client_name VARCHAR NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT settings_one_row CHECK (id = 1)
);
INSERT INTO "settings" VALUES(1,0,'Holzweg GmbH');
CREATE TABLE tag (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	name VARCHAR NOT NULL, 
	colour VARCHAR NOT NULL, 
	UNIQUE (name)
);
INSERT INTO "tag" VALUES(1,'Urgent','#ff8800');
CREATE TABLE tag_availability (
	tag_id INTEGER NOT NULL, 
	kind VARCHAR NOT NULL, 
	PRIMARY KEY (tag_id, kind), 
	FOREIGN KEY(tag_id) REFERENCES tag (id) ON DELETE CASCADE
);
INSERT INTO "tag_availability" VALUES(1,'messenger');
INSERT INTO "tag_availability" VALUES(1,'order');
CREATE TABLE tag_translation (
	tag_id INTEGER NOT NULL, 
	language VARCHAR NOT NULL, 
	name VARCHAR NOT NULL, 
	PRIMARY KEY (tag_id, language), 
	FOREIGN KEY(tag_id) REFERENCES tag (id) ON DELETE CASCADE
);
INSERT INTO "tag_translation" VALUES(1,'de','Eilig');
CREATE TABLE template (
	id INTEGER NOT NULL, 
	name VARCHAR NOT NULL, 
	folder VARCHAR NOT NULL, 
	PRIMARY KEY (id), 
	UNIQUE (name)
);
INSERT INTO "template" VALUES(1,'Messenger default NEW','Default templates');
INSERT INTO "template" VALUES(2,'Kurz','Service');
CREATE TABLE template_version (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	template_id INTEGER NOT NULL, 
	language VARCHAR NOT NULL, 
	subject VARCHAR NOT NULL, 
	text TEXT NOT NULL, 
	html TEXT NOT NULL, 
	FOREIGN KEY(template_id) REFERENCES template (id) ON DELETE CASCADE, 
	UNIQUE (template_id, language)
);
INSERT INTO "template_version" VALUES(1,1,'de','{{globals.clientName}}','{% if contact.fullName %}
Hallo {{ contact.fullName }},
{% else %}
Guten Tag,
{% endif %}

{{ text }}
{% if globals.account.signatureText %}

{{ globals.account.signatureText }}
{% endif %}
','{% if contact.fullName %}
<p>Hallo {{ contact.fullName }},</p>
{% else %}
<p>Guten Tag,</p>
{% endif %}
<p>{{ text }}</p>
{% if globals.account.signatureHTML %}
<div>{{ globals.account.signatureHTML | raw }}</div>
{% endif %}
');
INSERT INTO "template_version" VALUES(2,1,'en','{{globals.clientName}}','{% if contact.fullName %}
Hello {{ contact.fullName }},
{% else %}
Hello,
{% endif %}

{{ text }}
{% if globals.account.signatureText %}

{{ globals.account.signatureText }}
{% endif %}
','{% if contact.fullName %}
<p>Hello {{ contact.fullName }},</p>
{% else %}
<p>Hello,</p>
{% endif %}
<p>{{ text }}</p>
{% if globals.account.signatureHTML %}
<div>{{ globals.account.signatureHTML | raw }}</div>
{% endif %}
');
INSERT INTO "template_version" VALUES(3,2,'de','','Hallo

{{ text }}
','');
CREATE TABLE user_account (
	id INTEGER NOT NULL, 
	login VARCHAR NOT NULL, 
	name VARCHAR NOT NULL, 
	email VARCHAR NOT NULL, 
	admin BOOLEAN NOT NULL, 
	active BOOLEAN NOT NULL, 
	PRIMARY KEY (id), 
	UNIQUE (login)
);
INSERT INTO "user_account" VALUES(1,'eva.berg','eva.berg','',1,1);
INSERT INTO "user_account" VALUES(2,'jan.kiefer','Jan Kiefer','jan@holzweg.example',0,1);
CREATE INDEX history_of ON history (kind, thing_id, id);
CREATE INDEX ix_messenger_type_group_id ON messenger_type (group_id);
CREATE INDEX ix_messenger_status_type_id ON messenger_status (type_id);
CREATE UNIQUE INDEX channel_name ON channel (name) WHERE deleted_at IS NULL;
CREATE UNIQUE INDEX one_default_channel ON channel (is_default) WHERE is_default;
CREATE INDEX conversation_channel ON conversation (channel_id, created_at, id);
CREATE INDEX conversation_created ON conversation (created_at, id);
CREATE INDEX conversation_group ON conversation (group_id, created_at, id);
CREATE INDEX conversation_status ON conversation (status_id, created_at, id);
CREATE INDEX conversation_type ON conversation (type_id, created_at, id);
CREATE INDEX conversation_by_tag ON conversation_tag (tag_id, conversation_id);
CREATE INDEX message_by_conversation ON message (conversation_id, date, id);
CREATE INDEX message_by_header_id ON message (header_id);
CREATE UNIQUE INDEX message_by_key ON message ("key") WHERE key IS NOT NULL;
CREATE INDEX delivery_due ON delivery (state, next_attempt_at);
CREATE INDEX delivery_leased ON delivery (lease) WHERE lease IS NOT NULL;
CREATE INDEX message_by_reference ON message_reference (header_id, message_id);
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
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('messenger_group',102);
INSERT INTO "sqlite_sequence" VALUES('template_version',3);
INSERT INTO "sqlite_sequence" VALUES('tag',1);
INSERT INTO "sqlite_sequence" VALUES('conversation',2);
INSERT INTO "sqlite_sequence" VALUES('message',4);
COMMIT;
