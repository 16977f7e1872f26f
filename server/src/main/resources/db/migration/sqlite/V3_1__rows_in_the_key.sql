-- SQLite keeps a primary key that is no number as an index beside the table, so that every row is written twice.
-- These rows are small and found by their key alone: they live in it (https://www.sqlite.org/withoutrowid.html).
-- PostgreSQL knows no such thing; names and columns are the same there.

create table lead_search_new (
  workspace_id integer not null,
  token bigint not null,
  lead_id varchar(40) not null,
  constraint pk_lead_search primary key (workspace_id, token, lead_id)
) without rowid;
insert into lead_search_new select workspace_id, token, lead_id from lead_search order by workspace_id, token, lead_id;
drop table lead_search;
alter table lead_search_new rename to lead_search;
create index ix_lead_search_lead on lead_search (workspace_id, lead_id);

create table click_id_new (
  workspace_id integer not null,
  value_hash bigint not null,
  visitor_no bigint not null,
  seen_at bigint not null,
  constraint pk_click_id primary key (workspace_id, value_hash)
) without rowid;
insert into click_id_new select workspace_id, value_hash, visitor_no, seen_at from click_id
  order by workspace_id, value_hash;
drop table click_id;
alter table click_id_new rename to click_id;

create table lead_event_new (
  workspace_id integer not null,
  lead_id varchar(40) not null,
  id varchar(40) not null,
  at bigint not null,
  kind varchar(32) not null,
  status varchar(40),
  doc text,
  constraint pk_lead_event primary key (workspace_id, lead_id, id)
) without rowid;
insert into lead_event_new select workspace_id, lead_id, id, at, kind, status, doc from lead_event
  order by workspace_id, lead_id, id;
drop table lead_event;
alter table lead_event_new rename to lead_event;

create table attempt_new (
  delivery_id varchar(40) not null,
  attempt_no integer not null,
  at bigint not null,
  duration_ms integer not null,
  method varchar(8) not null,
  url text not null,
  test_code varchar(100),
  http_status integer,
  response text,
  error text,
  answer_lost boolean not null,
  payload text,
  constraint pk_attempt primary key (delivery_id, attempt_no)
) without rowid;
insert into attempt_new select delivery_id, attempt_no, at, duration_ms, method, url, test_code, http_status, response,
  error, answer_lost, payload from attempt order by delivery_id, attempt_no;
drop table attempt;
alter table attempt_new rename to attempt;
