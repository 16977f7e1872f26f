-- What is sent, apart from the row that is marked and judged: each of these two updates rewrites its whole row,
-- and used to carry the event along (decision 0010). No row here: nothing was built, or the person was erased.
create table delivery_payload (
  workspace_id integer not null,
  delivery_id varchar(40) not null,
  -- the event as the platform's JSON, personal data hashed
  payload text not null,
  route varchar(100) not null,
  alone boolean not null,
  clicked_at bigint,
  constraint pk_delivery_payload primary key (workspace_id, delivery_id)
);

/* [jooq ignore start] */
insert into delivery_payload (workspace_id, delivery_id, payload, route, alone, clicked_at)
  select workspace_id, id, payload, coalesce(route, ''), alone, clicked_at
  from delivery where payload is not null order by workspace_id, id;
/* [jooq ignore stop] */

-- The large column first: SQLite rewrites every row for each.
alter table delivery drop column payload;
alter table delivery drop column route;
alter table delivery drop column alone;
alter table delivery drop column clicked_at;
