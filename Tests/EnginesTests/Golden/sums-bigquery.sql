with report_cells as (
  select
    `test` as e,
    `the "arm"` as v,
    `shop` as k,
    case when not (`clicks` is not null and (cast(`clicks` as float64) is null or not (abs(cast(`clicks` as float64)) <= 1.7976931348623157e308))) then cast(`clicks` as float64) end as r0,
    case when `clicks` is not null and (cast(`clicks` as float64) is null or not (abs(cast(`clicks` as float64)) <= 1.7976931348623157e308)) then 1 else 0 end as b0,
    case when not (`views` is not null and (cast(`views` as float64) is null or not (abs(cast(`views` as float64)) <= 1.7976931348623157e308))) then cast(`views` as float64) end as r1,
    case when `views` is not null and (cast(`views` as float64) is null or not (abs(cast(`views` as float64)) <= 1.7976931348623157e308)) then 1 else 0 end as b1,
    case when not (`before` is not null and (cast(`before` as float64) is null or not (abs(cast(`before` as float64)) <= 1.7976931348623157e308))) then cast(`before` as float64) end as r2,
    case when `before` is not null and (cast(`before` as float64) is null or not (abs(cast(`before` as float64)) <= 1.7976931348623157e308)) then 1 else 0 end as b2,
    case when not (`weight` is not null and (cast(`weight` as float64) is null or not (abs(cast(`weight` as float64)) <= 1.7976931348623157e308))) then cast(`weight` as float64) end as r3,
    case when `weight` is not null and (cast(`weight` as float64) is null or not (abs(cast(`weight` as float64)) <= 1.7976931348623157e308)) then 1 else 0 end as b3
  from (
select * from units
) as q
where (((`shop` = 'a\'b') or (`shop` = 'c\\')) and (not (`day` is null)))
), report_units as (
  select
    e,
    v,
    k,
    case when r0 is not null and r1 is not null and r3 is not null and r3 >= 0 then 1 else 0 end as u,
    case when r0 is not null and r1 is not null and r3 is not null and r3 >= 0 and r2 is null and b2 = 0 then 1 else 0 end as f,
    case when r3 < 0 then 1 else 0 end as w,
    case when r0 > 9.0e0 then 9.0e0 else r0 end as x0,
    b0,
    0 as p0,
    case when r0 is not null and r1 is not null and r3 is not null and r3 >= 0 and r0 > 9.0e0 then 1 else 0 end as q0,
    r1 as x1,
    b1,
    0 as p1,
    0 as q1,
    coalesce(r2, 0.0e0) as x2,
    b2,
    0 as p2,
    0 as q2,
    r3 as x3,
    b3,
    0 as p3,
    0 as q3
  from report_cells
), report_origins as (
  select
    e as oe,
    coalesce(sum(x0) / nullif(sum(x1), 0), 0) as o0,
    coalesce(avg(x2), 0) as o1
  from report_units
  where u = 1
  group by e
), report_parts as (
  select
    e,
    v,
    k,
    u,
    f,
    w,
    b0,
    p0,
    q0,
    b1,
    p1,
    q1,
    b2,
    p2,
    q2,
    b3,
    p3,
    q3,
    o0,
    o1,
    case when u = 1 then x3 * (x0 - o0 * x1) end as c0,
    case when u = 1 then x3 * (x2 - o1) end as c1,
    case when u = 1 then x3 * x1 end as c2,
    case when u = 1 then x3 end as c3
  from report_units left join report_origins on e = oe
), report_clusters as (
  select
    e,
    v,
    k,
    sum(u) as u,
    sum(f) as f,
    sum(w) as w,
    sum(b0) as b0,
    sum(p0) as p0,
    sum(q0) as q0,
    sum(b1) as b1,
    sum(p1) as p1,
    sum(q1) as q1,
    sum(b2) as b2,
    sum(p2) as p2,
    sum(q2) as q2,
    sum(b3) as b3,
    sum(p3) as p3,
    sum(q3) as q3,
    max(o0) as o0,
    max(o1) as o1,
    sum(c0) as c0,
    sum(c1) as c1,
    sum(c2) as c2,
    sum(c3) as c3
  from report_parts
  group by e, v, k
), report_centres as (
  select
    e as ce,
    coalesce(avg(c2), 0) as d2,
    coalesce(avg(c3), 0) as d3
  from report_clusters
  group by e
)
select
  cast(e as string) as experiment,
  cast(v as string) as variant,
  count(*) as assigned,
  sum(u) as units,
  count(c0) as n,
  sum(f) as filled,
  sum(w) as negative,
  sum(case when k is null then 1 else 0 end) as unclustered,
  sum(b0) as bad0,
  sum(p0) as raised0,
  sum(q0) as lowered0,
  sum(b1) as bad1,
  sum(p1) as raised1,
  sum(q1) as lowered1,
  sum(b2) as bad2,
  sum(p2) as raised2,
  sum(q2) as lowered2,
  sum(b3) as bad3,
  sum(p3) as raised3,
  sum(q3) as lowered3,
  max(o0) as o0,
  max(o1) as o1,
  0 as d0,
  sum(c0) as s0,
  0 as d1,
  sum(c1) as s1,
  max(d2) as d2,
  sum((c2 - d2)) as s2,
  max(d3) as d3,
  sum((c3 - d3)) as s3,
  sum(c0 * c0) as s0_0,
  sum(c1 * c0) as s1_0,
  sum(c1 * c1) as s1_1,
  sum((c2 - d2) * c0) as s2_0,
  sum((c2 - d2) * c1) as s2_1,
  sum((c2 - d2) * (c2 - d2)) as s2_2,
  sum((c3 - d3) * c0) as s3_0,
  sum((c3 - d3) * c1) as s3_1,
  sum((c3 - d3) * (c2 - d2)) as s3_2,
  sum((c3 - d3) * (c3 - d3)) as s3_3
from report_clusters left join report_centres on e = ce
group by e, v
order by e, v
