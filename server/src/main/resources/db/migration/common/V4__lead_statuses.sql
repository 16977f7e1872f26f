-- A workspace's own pipeline: order, names, colours, and statuses of its own. Without rows the sales pipeline stands.
create table lead_status (
  workspace_id integer not null,
  status varchar(40) not null,
  position integer not null,
  name varchar(60) not null,
  color varchar(7) not null,
  constraint pk_lead_status primary key (workspace_id, status)
);
