PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
CREATE TEMP TABLE county AS SELECT row_number() OVER (ORDER BY code) - 1 AS at, code, path FROM area WHERE path LIKE '%/520000/%/%/';
CREATE TEMP TABLE kind (at, code);
INSERT INTO kind VALUES (0,'productive_industry'),(1,'living_industry'),(2,'employment'),(3,'infrastructure'),(4,'public_service'),(5,'governance'),(6,'housing');
CREATE TEMP TABLE word (at, name, pinyin, initials);
INSERT INTO word VALUES (0,'食用菌产业园','shiyongjunchanyeyuan','syjcyy'),(1,'社区零工市场','shequlinggongshichang','sqlgsc'),(2,'污水管网改造','wushuiguanwanggaizao','wsgwgz'),(3,'竹编工坊集群','zhubiangongfangjiqun','zbgfjq'),(4,'食品加工车间','shipinjiagongchejian','spjgcj'),(5,'幼儿园改扩建','youeryuangaikuojian','yeygkj'),(6,'茶叶交易中心','chayejiaoyizhongxin','cyjyzx');
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {N})
INSERT INTO project (id, number, area_code, area_path, name, stage, category, nature, start_month, total_fen, maturity_score, households, people, jobs_construction, jobs_operation, posts, unit, search_text, pinyin, initials, version, created_at, updated_at)
SELECT printf('0190a000-0000-7000-8000-%012x', i), i, c.code, c.path,
  w.name || CASE WHEN i % 5003 = 0 THEN '冷链物流' ELSE '' END || (i % 97) || '期',
  substr('idea       reserve    preparationready      allocated  building   completed  accepted   paused     withdrawn  ', (i * 7 % 10) * 11 + 1, 11),
  'A', 'new', printf('%d-%02d', 2026 + i % 5, i % 12 + 1),
  (i * 7919 % 900000 + 10000) * 1000 + i % 7, i * 31 % 100, i % 300, i % 900, i % 50, i % 40, i % 60, '某县发展公司',
  w.name || CASE WHEN i % 5003 = 0 THEN '冷链物流' ELSE '' END || (i % 97) || '期' || char(10) || '某县发展公司' || char(10) || i,
  w.pinyin || CASE WHEN i % 5003 = 0 THEN 'lenglianwuliu' ELSE '' END || (i % 97) || 'qi',
  w.initials || CASE WHEN i % 5003 = 0 THEN 'llwl' ELSE '' END || (i % 97) || 'q', 1, 1760000000000, 1760000000000 + i
FROM n JOIN county c ON c.at = i % (SELECT COUNT(*) FROM county) JOIN word w ON w.at = i % 7;
UPDATE project SET stage = trim(stage), category = (SELECT code FROM kind WHERE at = project.number * 13 % (SELECT COUNT(*) FROM kind));
UPDATE number_counter SET next = {N} + 1;
INSERT INTO project_amount (project_id, kind, key, fen) SELECT id, 'source', 'CBI', total_fen / 2 FROM project;
INSERT INTO project_amount (project_id, kind, key, fen) SELECT id, 'source', 'LOC', total_fen - total_fen / 2 FROM project WHERE number % 3 > 0;
INSERT INTO project_amount (project_id, kind, key, fen) SELECT id, 'year', '2026', total_fen FROM project;
INSERT INTO list_entry (project_id, plan_year, horizon, since, area_code, area_path, category, stage, number)
SELECT id, CAST(strftime('%Y', 'now', '+8 hours') AS INTEGER), CASE number / 3 % 4 WHEN 0 THEN '1y' WHEN 1 THEN '2y' ELSE '5y' END, 1760000000000, area_code, area_path, category, stage, number FROM project WHERE number / 3 % 4 < 3;
CREATE TEMP VIEW standing AS SELECT project_id, plan_year, horizon, area_code, area_path, category, stage FROM list_entry UNION ALL SELECT id, 0, '', area_code, area_path, category, stage FROM project;
INSERT INTO list_rollup SELECT e.plan_year, e.horizon, 'own', e.area_code, e.area_path, e.category, e.stage, COUNT(*), SUM(p.total_fen), 0, 0, 0, 0, SUM(p.households), SUM(p.people), SUM(p.jobs_construction), SUM(p.jobs_operation), SUM(p.posts) FROM standing e JOIN project p ON p.id = e.project_id GROUP BY 1, 2, 4, 5, 6, 7;
INSERT INTO list_rollup_amount SELECT e.plan_year, e.horizon, 'own', e.area_code, e.area_path, e.category, e.stage, a.kind, a.key, SUM(a.fen) FROM standing e JOIN project_amount a ON a.project_id = e.project_id GROUP BY 1, 2, 4, 5, 6, 7, 8, 9;
INSERT INTO list_rollup SELECT r.plan_year, r.horizon, 'all', a.code, a.path, r.category, r.stage, SUM(r.projects), SUM(r.total_fen), 0, 0, 0, 0, SUM(r.households), SUM(r.people), SUM(r.jobs_construction), SUM(r.jobs_operation), SUM(r.posts) FROM list_rollup r JOIN area a ON substr(r.area_path, 1, length(a.path)) = a.path WHERE r.kind = 'own' GROUP BY 1, 2, 4, 5, 6, 7;
INSERT INTO list_rollup_amount SELECT r.plan_year, r.horizon, 'all', a.code, a.path, r.category, r.stage, r.amount, r.key, SUM(r.fen) FROM list_rollup_amount r JOIN area a ON substr(r.area_path, 1, length(a.path)) = a.path WHERE r.kind = 'own' GROUP BY 1, 2, 4, 5, 6, 7, 8, 9;
ANALYZE;
