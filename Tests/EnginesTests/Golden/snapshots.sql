-- spark iceberg
select cast(snapshot_id as string) as snapshot from `lake`.`sales`.`the "``; units`.`refs` where name = 'main'
select * from `lake`.`sales`.`the "``; units` version as of 5

-- spark delta
describe history `lake`.`sales`.`the "``; units` limit 1
select * from `lake`.`sales`.`the "``; units` version as of 5

-- trino iceberg
select cast(snapshot_id as varchar) as snapshot from "lake"."sales"."the ""`; units$refs" where name = 'main'
select * from "lake"."sales"."the ""`; units" for version as of 5

-- trino delta
select cast(max(version) as varchar) as snapshot from "lake"."sales"."the ""`; units$history"
select * from "lake"."sales"."the ""`; units" for version as of 5
