-- The rule by which a call went out, or on, in words. Empty: none did, or it is an emergency call.
alter table call_records add column rule varchar(255) default '' not null;
