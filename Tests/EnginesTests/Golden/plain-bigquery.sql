select
  cast(`test` as string) as experiment,
  cast(`the "arm"` as string) as variant,
  count(*) as units,
  count(cast(`clicks` as float64)) as n0,
  avg(cast(`clicks` as float64)) as m0,
  var_samp(cast(`clicks` as float64)) as c0_0,
  count(cast(`before` as float64)) as n1,
  avg(cast(`before` as float64)) as m1,
  var_samp(cast(`before` as float64)) as c1_1,
  covar_samp(cast(`before` as float64), cast(`clicks` as float64)) as c1_0
from (
select * from units
) as q
where (cast(`day` as float64) < 14.0e0)
group by q.`test`, q.`the "arm"`
order by q.`test`, q.`the "arm"`
