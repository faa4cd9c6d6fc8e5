# Groups the raw entries of a province with DuckDB: sums by source and movement, and the median of its milliseconds.
# The rows are brought into DuckDB's own format first, which is not measured; that file stays beside the database.
import json, os, sqlite3, statistics, sys, tempfile, time
import duckdb

source = sys.argv[1]
kept = source + ".duckdb"
if not os.path.exists(kept):
    with tempfile.NamedTemporaryFile("w", suffix=".csv", dir=os.path.dirname(source)) as rows:
        lite = sqlite3.connect(f"file:{source}?mode=ro", uri=True)
        for row in lite.execute("SELECT area_path, source, budget_year, month, horizon, movement, fen FROM ledger_entry"):
            rows.write(",".join(map(str, row)) + "\n")
        rows.flush()
        duck = duckdb.connect(kept + ".part")
        duck.execute("CREATE TABLE entry (area_path VARCHAR, source VARCHAR, budget_year INTEGER, month VARCHAR, horizon VARCHAR, movement VARCHAR, fen BIGINT)")
        duck.execute(f"COPY entry FROM '{rows.name}' (HEADER false)")
        duck.close()
    os.rename(kept + ".part", kept)

duck = duckdb.connect(kept, read_only=True)
query = "SELECT source, movement, CAST(SUM(fen) AS BIGINT) FROM entry WHERE area_path >= '/100000/520000/' AND area_path < '/100000/5200000' GROUP BY source, movement"
times = []
for _ in range(9):
    begin = time.perf_counter()
    answer = duck.execute(query).fetchall()
    times.append((time.perf_counter() - begin) * 1000)
sums = {}
for name, movement, fen in answer:
    sums.setdefault(name, {})[movement] = fen
json.dump({"milliseconds": statistics.median(times), "sums": sums}, sys.stdout)
