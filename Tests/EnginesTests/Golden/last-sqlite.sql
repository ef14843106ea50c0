(
select q.*, max(case when typeof("day") in ('integer', 'real') then cast("day" as real) end) over (partition by "test", "the ""arm""") as report_last
from (
select * from units
) as q
where (case when typeof("views") in ('integer', 'real') then cast("views" as real) end > 0.0e0)
) as q
where (case when typeof("day") in ('integer', 'real') then cast("day" as real) end is null or not (case when typeof("day") in ('integer', 'real') then cast("day" as real) end < report_last))
