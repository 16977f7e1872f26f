create table workspace (
  id integer not null,
  name varchar(200) not null,
  constraint pk_workspace primary key (id)
);
