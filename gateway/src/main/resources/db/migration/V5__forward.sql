-- The number to which a call in went on, and the trunk and Call-ID by which it did. Empty: it did not.
alter table call_records add column forwarded_to varchar(255) default '' not null;
alter table call_records add column forward_trunk varchar(255) default '' not null;
alter table call_records add column forward_sip_call_id varchar(255) default '' not null;
