select
  cast(`test` as string) as experiment,
  cast(`the "arm"` as string) as variant,
  count(*) as units,
  count(cast(`clicks` as double)) as n0,
  avg(cast(`clicks` as double)) as m0,
  var_samp(cast(`clicks` as double)) as c0_0,
  count(cast(`before` as double)) as n1,
  avg(cast(`before` as double)) as m1,
  var_samp(cast(`before` as double)) as c1_1,
  covar_samp(cast(`before` as double), cast(`clicks` as double)) as c1_0
from (
select * from units
) as q
where (cast(`day` as double) < 14.0e0)
group by q.`test`, q.`the "arm"`
order by q.`test`, q.`the "arm"`
