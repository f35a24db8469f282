-- The gross rates of a country, exact: the value of the risk in 1/30 000 of a
-- cent over the payroll in cents.  SQLite, PostgreSQL and DuckDB read the same
-- text.  CSS art. D. 242-6-4 to D. 242-6-8 and R. 242-6-1 as they stood for the
-- tariff of 2024: categories of D. 242-6-6, charged in the year of the
-- declaration, of the notification or of the death; a third of an incapacity
-- of 10 % and more of a temporary worker is the user's.
create table gross as
with charged as (
	select *, case when ip >= 0 and (death = 0 or death_known = 0 or
	    ip_notified <= death) then 1
	    when death <> 0 and death_known <> 0 then 2 else 0 end as lasting
	from claim
	where recognised <> 0 and kind <> 2 and charge <> 1 and charge <> 3 and
	    charge <> 4
), line as (
	select section, declared / 10000 as year, role, third, charge,
	    case when days < 4 then 0 when days < 16 then 1 when days < 46 then 2
	    when days < 91 then 3 when days < 151 then 4 else 5 end as category
	from charged where care = 1
	union all
	select section, case when lasting = 1 then ip_notified else death end /
	    10000, role, third, charge, case when lasting = 2 then 9
	    when ip < 10 then 6 when ip < 20 then 7 when ip < 40 then 8 else 9 end
	from charged where lasting <> 0
), risk as (
	select l.section, sum(cost.cents * (10000 - l.third) * case
	    when l.role = 0 then 3
	    when l.role = 1 then case when l.category >= 7 then 1 else 0 end
	    else case when l.category >= 7 then 2 else 3 end end) as value
	from line l
	join section s on s.id = l.section
	join cost on cost.zone = s.zone and cost.ctn = s.ctn and
	    cost.btp = s.btp and cost.category = l.category
	where l.year between s.first_year and 2022 and
	    (l.charge <> 2 or s.zone = 1)
	group by l.section
), base as (
	select p.section, sum(p.cents) as payroll
	from payroll p join section s on s.id = p.section
	where p.year between s.first_year and 2022
	group by p.section
)
select b.section, coalesce(r.value, 0) as value, b.payroll
from base b left join risk r on r.section = b.section
where b.payroll > 0;
