DROP TABLE change_requests;
DROP TABLE evidence_files;
