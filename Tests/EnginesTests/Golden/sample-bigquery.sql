select
  cast(`test` as string) as experiment,
  cast(`the "arm"` as string) as variant,
  count(*) as units,
  count(cast(`clicks` as float64)) as n0,
  avg(cast(`clicks` as float64)) as m0,
  var_samp(cast(`clicks` as float64)) as c0_0
from (
select * from units
) as q
where (cast(`day` as float64) < 14.0e0) and (`shop` is null or to_hex(md5('1:' || cast(`shop` as string))) < '028f5c29')
group by q.`test`, q.`the "arm"`
order by q.`test`, q.`the "arm"`
