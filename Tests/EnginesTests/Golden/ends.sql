select e.report_end, r.* from (select 0 as report_end union all select 1 as report_end) as e
left join (select 0 as report_row, q.* from (
select a, b from t
) as q) as r on e.report_end = r.report_row
order by e.report_end;

select q.*, count(*) over () as report_rows from (
select a, b from t
) as q;

select e.report_end, r.* from (select 1 as report_end) as e
left join (select 2 as report_row, q.* from (
select a, b from t
) as q where 1 = 0) as r on e.report_end = r.report_row
