-- Who has forwarded the call, and why. Empty: nobody.
alter table call_records add column diverted_by varchar(255) default '' not null;
alter table call_records add column diversion_reason varchar(32) default '' not null;
