-- Why the call failed, in words: what the carrier said, or what kept us from it. Empty: it did not, or the end code says all.
alter table call_records add column cause varchar(255) default '' not null;
