(
select q.*, max(cast(`day` as float64)) over (partition by `test`, `the "arm"`) as report_last
from (
select * from units
) as q
where (cast(`views` as float64) > 0.0e0)
) as q
where (cast(`day` as float64) is null or not (cast(`day` as float64) < report_last))
