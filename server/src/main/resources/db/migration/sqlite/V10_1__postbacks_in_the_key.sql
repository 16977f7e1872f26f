-- Small rows found by their key alone live in it, as in V3_1. Nothing is in these tables yet.
drop table conversion_state;
create table conversion_state (
  workspace_id integer not null,
  conversion_id varchar(40) not null,
  id varchar(40) not null,
  at bigint not null,
  event_at bigint,
  source_id varchar(40) not null,
  postback_id varchar(40) not null,
  status varchar(40) not null,
  previous varchar(40),
  word varchar(100),
  amount varchar(80),
  currency varchar(3),
  refunded varchar(80),
  reason varchar(500),
  event varchar(16) not null,
  constraint pk_conversion_state primary key (workspace_id, conversion_id, id)
) without rowid;

drop table postback_fingerprint;
create table postback_fingerprint (
  workspace_id integer not null,
  time_slot bigint not null,
  fingerprint bigint not null,
  at bigint not null,
  postback_id varchar(40) not null,
  constraint pk_postback_fingerprint primary key (workspace_id, time_slot, fingerprint)
) without rowid;
