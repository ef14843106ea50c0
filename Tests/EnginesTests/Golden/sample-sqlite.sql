with report_cells as (
  select
    cast("test" as text) collate binary as e,
    cast("the ""arm""" as text) collate binary as v,
    case when not ("clicks" is not null and (case when typeof("clicks") in ('integer', 'real') then cast("clicks" as real) end is null or not (abs(case when typeof("clicks") in ('integer', 'real') then cast("clicks" as real) end) <= 1.7976931348623157e308))) then case when typeof("clicks") in ('integer', 'real') then cast("clicks" as real) end end as r0,
    case when "clicks" is not null and (case when typeof("clicks") in ('integer', 'real') then cast("clicks" as real) end is null or not (abs(case when typeof("clicks") in ('integer', 'real') then cast("clicks" as real) end) <= 1.7976931348623157e308)) then 1 else 0 end as b0
  from (
select * from units
) as q
where (case when typeof("day") in ('integer', 'real') then cast("day" as real) end < 14.0e0) and ("shop" is null or md5('1:' || cast("shop" as text)) collate binary < '028f5c29')
), report_units as (
  select
    e,
    v,
    case when r0 is not null then 1 else 0 end as u,
    0 as f,
    0 as w,
    r0 as x0,
    b0,
    0 as p0,
    0 as q0
  from report_cells
), report_parts as (
  select
    e,
    v,
    u,
    f,
    w,
    b0,
    p0,
    q0,
    0 as o0,
    case when u = 1 then x0 end as c0
  from report_units
)
select
  cast(e as text) as experiment,
  cast(v as text) as variant,
  count(*) as assigned,
  sum(u) as units,
  count(c0) as n,
  sum(f) as filled,
  sum(w) as negative,
  0 as unclustered,
  sum(b0) as bad0,
  sum(p0) as raised0,
  sum(q0) as lowered0,
  max(o0) as o0,
  0 as d0,
  sum(c0) as s0,
  sum(c0 * c0) as s0_0
from report_parts
group by e, v
order by e, v
