-- The audio of the leg by which a call in went on: as the columns of the trunk leg. 0 and empty: it did not, or nothing was measured.
alter table call_records add column forward_codec varchar(32) default '' not null;
alter table call_records add column forward_sent integer default 0 not null;
alter table call_records add column forward_received integer default 0 not null;
alter table call_records add column forward_lost integer default 0 not null;
alter table call_records add column forward_jitter_ms integer default 0 not null;
alter table call_records add column forward_roundtrip_ms integer default 0 not null;
alter table call_records add column forward_mos numeric(3, 2) default 0 not null;
alter table call_records add column forward_worst_mos numeric(3, 2) default 0 not null;
