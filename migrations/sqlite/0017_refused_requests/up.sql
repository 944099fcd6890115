-- Requests that were refused on a page of ours, for the developers of the clients that sent them. What was sent is sealed.
CREATE TABLE refused_requests (
    reference TEXT NOT NULL PRIMARY KEY,
    refused_at TIMESTAMP NOT NULL,
    client_id TEXT,
    sealed TEXT NOT NULL
);

CREATE INDEX refused_requests_refused_at ON refused_requests (refused_at);
