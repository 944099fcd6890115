DROP TABLE training_providers;
DROP TABLE teaching_record_emails;
DROP TABLE teaching_record_names;
DROP TABLE teaching_records;
