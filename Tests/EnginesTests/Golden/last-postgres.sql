(
select q.*, max(cast("day" as double precision)) over (partition by "test", "the ""arm""") as report_last
from (
select * from units
) as q
where (cast("views" as double precision) > 0.0e0)
) as q
where (cast("day" as double precision) is null or not (cast("day" as double precision) < report_last))
