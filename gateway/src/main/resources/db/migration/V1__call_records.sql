-- One row per call, written once when it has ended. Runs on H2 and on PostgreSQL.
create table call_records (
    call_id              varchar(64)  not null primary key,
    web_user             varchar(255) not null,
    direction            varchar(16)  not null,
    from_number          varchar(255) not null,
    to_number            varchar(255) not null,
    trunk                varchar(255) not null,
    started_at           timestamp with time zone not null,
    ringing_at           timestamp with time zone,
    answered_at          timestamp with time zone,
    ended_at             timestamp with time zone not null,
    end_code             varchar(64)  not null,
    sip_status           integer      not null,
    q850                 integer      not null,
    ended_by             varchar(16)  not null,
    sip_call_id          varchar(255) not null,
    codec                varchar(32)  not null,
    browser_sent         integer      not null,
    browser_received     integer      not null,
    browser_lost         integer      not null,
    browser_jitter_ms    integer      not null,
    browser_roundtrip_ms integer      not null,
    trunk_sent           integer      not null,
    trunk_received       integer      not null,
    trunk_lost           integer      not null,
    trunk_jitter_ms      integer      not null,
    trunk_roundtrip_ms   integer      not null,
    digits_to_phone      integer      not null,
    digits_from_phone    integer      not null,
    media_trouble        varchar(255) not null
);

create index call_records_by_user on call_records (web_user, started_at);
create index call_records_by_end on call_records (ended_at);
