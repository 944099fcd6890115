DROP TABLE events;
DROP TABLE outbox_messages;
