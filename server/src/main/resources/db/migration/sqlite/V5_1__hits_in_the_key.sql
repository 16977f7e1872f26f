-- Small rows found by their key alone live in it, as in V3_1. Nothing is in these tables yet.
drop table consent;
create table consent (
  workspace_id integer not null,
  visitor_no bigint not null,
  id varchar(40) not null,
  at bigint not null,
  recorded_at bigint not null,
  ad_storage varchar(8) not null,
  analytics_storage varchar(8) not null,
  ad_user_data varchar(8) not null,
  ad_personalization varchar(8) not null,
  source varchar(16) not null,
  tc_string text,
  gpc boolean not null,
  gdpr boolean not null,
  country varchar(2),
  constraint pk_consent primary key (workspace_id, visitor_no, id)
) without rowid;

drop table tracker_hit;
create table tracker_hit (
  workspace_id integer not null,
  time_slot bigint not null,
  event_hash bigint not null,
  visitor_no bigint not null,
  constraint pk_tracker_hit primary key (workspace_id, time_slot, event_hash)
) without rowid;
