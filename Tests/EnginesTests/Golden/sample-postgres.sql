select
  cast("test" as text) as experiment,
  cast("the ""arm""" as text) as variant,
  count(*) as units,
  count(cast("clicks" as double precision)) as n0,
  avg(cast("clicks" as double precision)) as m0,
  var_samp(cast("clicks" as double precision)) as c0_0
from (
select * from units
) as q
where (cast("day" as double precision) < 14.0e0) and ("shop" is null or md5('1:' || cast("shop" as text)) collate "C" < '028f5c29')
group by q."test", q."the ""arm"""
order by q."test", q."the ""arm"""
