-- Files that people bring from elsewhere, and what became of their rows.

-- One file under way or done. What it says of personal data lies sealed in the data folder of the node that took it.
create table import_job (
  workspace_id integer not null,
  id varchar(40) not null,
  kind varchar(16) not null,
  state varchar(16) not null,
  dry_run boolean not null,
  -- what was asked for, and how the file was understood
  doc text not null,
  file_name varchar(200),
  actor varchar(100) not null,
  -- whose data folder has the file
  node varchar(40) not null,
  bytes_total bigint not null,
  bytes_done bigint not null,
  -- written in the transaction of the rows they count, so that no row is taken twice
  rows_done bigint not null,
  created_rows bigint not null,
  updated_rows bigint not null,
  unchanged_rows bigint not null,
  refused_rows bigint not null,
  warnings bigint not null,
  error text,
  created_at bigint not null,
  started_at bigint,
  ended_at bigint,
  -- the process that works on it, and until when nobody else may
  lease_owner varchar(40),
  lease_until bigint,
  constraint pk_import_job primary key (workspace_id, id)
);
create index ix_import_job_node on import_job (node, state, id);

-- What is to be said of some rows of a file, in their order: compressed and sealed.
create table import_report (
  workspace_id integer not null,
  import_id varchar(40) not null,
  first_row bigint not null,
  content bytea not null,
  constraint pk_import_report primary key (workspace_id, import_id, first_row)
);

-- Statuses another system reached and reported before it was left, separated by commas; null when there are none.
alter table lead add column taken_over text;
