-- Whether the caller of a call in is who he says (STIR): one of ATIS-1000074's words, and the attestation.
alter table call_records add column verstat varchar(32) default '' not null;
