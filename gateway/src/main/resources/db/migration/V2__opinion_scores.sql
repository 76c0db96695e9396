-- How each leg sounded (ITU-T G.107): over the whole call, and in its worst five seconds. 0: nothing was measured.
alter table call_records add column browser_mos numeric(3, 2) default 0 not null;
alter table call_records add column browser_worst_mos numeric(3, 2) default 0 not null;
alter table call_records add column trunk_mos numeric(3, 2) default 0 not null;
alter table call_records add column trunk_worst_mos numeric(3, 2) default 0 not null;
