select
  cast("test" as text) as experiment,
  cast("the ""arm""" as text) as variant,
  count(*) as units,
  count(cast("clicks" as double precision)) as n0,
  avg(cast("clicks" as double precision)) as m0,
  var_samp(cast("clicks" as double precision)) as c0_0,
  count(cast("before" as double precision)) as n1,
  avg(cast("before" as double precision)) as m1,
  var_samp(cast("before" as double precision)) as c1_1,
  covar_samp(cast("before" as double precision), cast("clicks" as double precision)) as c1_0
from (
select * from units
) as q
where (cast("day" as double precision) < 14.0e0)
group by q."test", q."the ""arm"""
order by q."test", q."the ""arm"""
