(
select q.*, max(cast(`day` as double)) over (partition by `test`, `the "arm"`) as report_last
from (
select * from units
) as q
where (cast(`views` as double) > 0.0e0)
) as q
where (cast(`day` as double) is null or not (cast(`day` as double) < report_last))
