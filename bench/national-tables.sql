-- What bench/national loads, the same for all three.
create table section (id integer primary key, zone integer, ctn integer,
    btp integer, first_year integer);
create table payroll (section integer, year integer, cents bigint);
create table claim (section integer, kind integer, charge integer,
    care integer, role integer, declared integer, recognised integer,
    ip_notified integer, death integer, death_known integer, days integer,
    ip integer, third integer);
create table cost (zone integer, ctn integer, btp integer, category integer,
    cents bigint);
