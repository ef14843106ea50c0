select
  cast("test" as varchar) as experiment,
  cast("the ""arm""" as varchar) as variant,
  count(*) as units,
  count(cast("clicks" as double)) as n0,
  avg(cast("clicks" as double)) as m0,
  var_samp(cast("clicks" as double)) as c0_0
from (
select * from units
) as q
where (cast("day" as double) < 14.0e0) and ("shop" is null or md5('1:' || cast("shop" as varchar)) < '028f5c29')
group by q."test", q."the ""arm"""
order by q."test", q."the ""arm"""
